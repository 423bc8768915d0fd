package dev.mackerelredmine.web;

import dev.mackerelredmine.text.HtmlPages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes pages of what they show. */
final class Pages {

    private final HtmlPages html = new HtmlPages("/web");
    private final List<String> navigation;

    /** @param navigation the paths of the pages that each page links to */
    Pages(List<String> navigation) {
        this.navigation = navigation;
    }

    /** @param here the path of the page, as the navigation has it */
    String make(String template, String here, Visitor visitor, Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("v", visitor);
        all.put("here", here);
        all.put("navigation", navigation);
        return html.fill(template, all);
    }
}
