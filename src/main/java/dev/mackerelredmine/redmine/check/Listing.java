package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Things that Redmine gives by number and name, to be found as a setting names them: by either. */
record Listing(List<JsonNode> entries) {

    static Listing of(JsonNode array) {
        return new Listing(StreamSupport.stream(array.spliterator(), false).toList());
    }

    Optional<JsonNode> find(String nameOrNumber) {
        boolean isNumber = nameOrNumber.matches("\\d{1,18}");
        return entries.stream()
                .filter(entry ->
                        nameOrNumber.equals(entry.path(isNumber ? "id" : "name").asText()))
                .findFirst();
    }

    boolean contains(JsonNode one) {
        return entries.stream().anyMatch(entry -> entry.path("id").equals(one.path("id")));
    }

    /** All names, for a person who has to choose one. */
    String names() {
        return entries.isEmpty()
                ? "none"
                : entries.stream().map(entry -> entry.path("name").asText()).collect(Collectors.joining(", "));
    }
}
