package dev.mackerelredmine.web;

import java.util.Map;

/** A page of its own on the management port, to which the others link. It is made on a thread that may wait for the store. */
public interface Screen {

    /** As {@code /trends}; its name in the navigation is the word {@code nav.trends}. */
    String path();

    /** Whether each page links to it. */
    default boolean isInNavigation() {
        return true;
    }

    /** Its template's file, as {@code trends.ftlh}. */
    String template();

    /** Whether it may have to wait for Redmine: who only looks at the store does not wait with it. */
    default boolean asksRedmine() {
        return false;
    }

    /**
     * What its template shows, besides {@code v}, the visitor.
     *
     * @param query what the address asks for, the first value of each name
     */
    Map<String, ?> show(Visitor visitor, Map<String, String> query);

    /** The same for programs, as JSON at {@code /api} and the path; null: not for them. */
    default Object data(Visitor visitor, Map<String, String> query) {
        return null;
    }

    /** The same for a spreadsheet, where the address asks for {@code format=csv}; null: not for one. */
    default String csv(Visitor visitor, Map<String, String> query) {
        return null;
    }
}
