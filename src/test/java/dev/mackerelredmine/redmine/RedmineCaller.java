package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Somebody with an API key who talks to Redmine in plain HTTP, without any of our own code between. */
public record RedmineCaller(String url, String key) {

    public record Reply(int status, HttpHeaders headers, String text) {

        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException("not JSON: " + text, e);
            }
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public Reply get(String path) {
        return send(request(path).GET());
    }

    /** With the attributes of an issue, and `project_id` or whatever else may stand among them. */
    public Reply post(String path, Map<String, ?> issue) {
        return post(path, "issue", issue);
    }

    Reply post(String path, String name, Map<String, ?> attributes) {
        return postText(path, body(name, attributes), "application/json");
    }

    Reply upload(String filename, byte[] content, String contentType) {
        return send(request("/uploads.json?filename=" + filename)
                .POST(BodyPublishers.ofByteArray(content))
                .header("Content-Type", contentType));
    }

    public Reply put(String path, Map<String, ?> issue) {
        return put(path, "issue", issue);
    }

    public Reply put(String path, String name, Map<String, ?> attributes) {
        return send(request(path)
                .PUT(BodyPublishers.ofString(body(name, attributes)))
                .header("Content-Type", "application/json"));
    }

    /** Writes another note in place of a journal's. */
    public Reply putNote(int journal, String notes) {
        return send(request("/journals/" + journal + ".json")
                .PUT(BodyPublishers.ofString(body("journal", Map.of("notes", notes))))
                .header("Content-Type", "application/json"));
    }

    public Reply delete(String path) {
        return send(request(path).DELETE());
    }

    Reply postText(String path, String body, String contentType) {
        return send(request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", contentType));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("X-Redmine-API-Key", key);
    }

    private static String body(String name, Map<String, ?> attributes) {
        return JSON.valueToTree(Map.of(name, attributes)).toString();
    }

    private static Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
