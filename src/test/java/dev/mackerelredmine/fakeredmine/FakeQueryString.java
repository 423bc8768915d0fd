package dev.mackerelredmine.fakeredmine;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters of a request, decoded. */
final class FakeQueryString {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    FakeQueryString(String query) {
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            values.computeIfAbsent(decoded(parts[0]), it -> new ArrayList<>())
                    .add(parts.length == 1 ? "" : decoded(parts[1]));
        }
    }

    Set<String> names() {
        return values.keySet();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    String first(String name, String otherwise) {
        return all(name).isEmpty() ? otherwise : all(name).get(0);
    }

    boolean includes(String name) {
        return List.of(first("include", "").split(",")).contains(name);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
