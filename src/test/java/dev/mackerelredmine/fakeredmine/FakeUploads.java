package dev.mackerelredmine.fakeredmine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.User;
import dev.mackerelredmine.fakeredmine.StoredIssue.Attachment;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What was uploaded and belongs to no issue yet. Each token is good for one issue. */
final class FakeUploads {

    static final int LARGEST = 5 * 1024 * 1024;

    private record Upload(int id, String token, int size) {}

    private final Map<String, Upload> waiting = new LinkedHashMap<>();
    private int last;

    /** The number and the token of what was uploaded. */
    Map<String, Object> add(String content) {
        int id = ++last;
        String token = id + "." + Integer.toHexString(content.hashCode());
        waiting.put(token, new Upload(id, token, content.length()));
        Map<String, Object> upload = new LinkedHashMap<>();
        upload.put("id", id);
        upload.put("token", token);
        return upload;
    }

    List<String> errors(JsonNode asked) {
        long unknown = uploads(asked).stream()
                .filter(it -> !waiting.containsKey(it.path("token").asText()))
                .count();
        return unknown == 0 ? List.of() : List.of(unknown + " file(s) could not be saved.");
    }

    List<Attachment> take(JsonNode asked, User user, Instant now) {
        return uploads(asked).stream()
                .map(it -> attachment(it, waiting.remove(it.path("token").asText()), user, now))
                .toList();
    }

    private static Attachment attachment(JsonNode asked, Upload upload, User user, Instant now) {
        return new Attachment(
                upload.id(),
                user,
                asked.path("filename").asText(),
                asked.path("content_type").asText(),
                upload.size(),
                now);
    }

    private static List<JsonNode> uploads(JsonNode asked) {
        return StreamSupport.stream(asked.path("uploads").spliterator(), false).toList();
    }
}
