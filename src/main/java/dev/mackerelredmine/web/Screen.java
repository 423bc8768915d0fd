package dev.mackerelredmine.web;

import java.util.Map;

/** A page of its own on the management port, to which the others link. It is made on a thread that may wait for the store. */
public interface Screen {

    /** As {@code /trends}; its name in the navigation is the word {@code nav.trends}. */
    String path();

    /** Its template's file, as {@code trends.ftlh}. */
    String template();

    /**
     * What its template shows, in addition to {@code v}, the visitor.
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
