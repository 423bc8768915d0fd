package dev.mackerelredmine.web;

import dev.mackerelredmine.text.HtmlPages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes pages of what they show. */
final class Pages {

    private final HtmlPages html = new HtmlPages("/web");
    private final List<String> navigation;
    private final boolean isDemo;

    /**
     * @param navigation the paths of the pages that each page links to
     * @param isDemo whether each says that it is a demonstration
     */
    Pages(List<String> navigation, boolean isDemo) {
        this.navigation = navigation;
        this.isDemo = isDemo;
    }

    /** @param here the path of the page, as the navigation has it */
    String make(String template, String here, Visitor visitor, Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("v", visitor);
        all.put("here", here);
        all.put("navigation", navigation);
        all.put("isDemo", isDemo);
        return html.fill(template, all);
    }
}
