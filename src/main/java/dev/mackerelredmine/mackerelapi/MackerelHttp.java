package dev.mackerelredmine.mackerelapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.download.LimitedBody;
import dev.mackerelredmine.download.TimedRequest;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Requests to Mackerel's API. Each ends in time, and each that is not answered with 200 and JSON is a {@link MackerelException} that says
 * what was asked, what came of it, and what a person can do; never the key.
 */
final class MackerelHttp {

    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int LARGEST = 32 * 1024 * 1024;
    private static final int LONGEST_REPEATED = 200;

    static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String address;
    private final String key;
    private final RequestObserver observer;
    private HttpClient client;

    MackerelHttp(String address, String key, RequestObserver observer) {
        this.address = address.replaceAll("/+$", "");
        this.key = key;
        this.observer = observer;
    }

    /** Made when it is first needed: it begins a thread. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LONGEST)
                    .build();
        }
        return client;
    }

    JsonNode get(String path) throws MackerelException {
        return send("GET", path, null);
    }

    JsonNode send(String method, String path, Object body) throws MackerelException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("X-Api-Key", key)
                .header("User-Agent", "mackerel-redmine");
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofByteArray(bytes(body)));
        }
        String asked = method + " " + path.replaceFirst("\\?.*", "");
        long begun = System.nanoTime();
        String outcome = RequestObserver.NO_ANSWER;
        try {
            HttpResponse<byte[]> answer = exchange(request.build(), asked);
            outcome = answer.statusCode() / 100 + "xx";
            return json(answer, asked);
        } finally {
            observer.asked(method, path, outcome, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, String asked) throws MackerelException {
        try {
            return TimedRequest.send(client(), request, info -> LimitedBody.of(LARGEST), LONGEST);
        } catch (IOException e) {
            throw new MackerelException(Kind.AWAY, asked + " at Mackerel: " + e.getMessage(), null, e);
        }
    }

    private JsonNode json(HttpResponse<byte[]> answer, String asked) throws MackerelException {
        int status = answer.statusCode();
        String said = asked + " at Mackerel was answered with " + status;
        return switch (status) {
            case 200 -> parsed(answer.body(), asked);
            case 401, 403 ->
                throw new MackerelException(
                        Kind.REFUSED,
                        said
                                + ": the key of mackerel.apikey is not known, lacks the permission (Write for memos, closings and"
                                + " the heartbeat), or may not be used from this address (the organization's permitted IP"
                                + " addresses)");
            case 404 -> throw new MackerelException(Kind.NOT_FOUND, said + ": there is no such thing");
            case 429 ->
                throw new MackerelException(
                        Kind.TOO_MANY, said + ": it gets too many requests", retryAfter(answer), null);
            default ->
                throw new MackerelException(
                        status >= 500 ? Kind.AWAY : Kind.UNEXPECTED,
                        said + saidWhy(answer.body()),
                        retryAfter(answer),
                        null);
        };
    }

    private static JsonNode parsed(byte[] body, String asked) throws MackerelException {
        try {
            JsonNode json = JSON.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            throw new MackerelException(Kind.UNEXPECTED, asked + " at Mackerel was answered with no JSON", null, e);
        }
        throw new MackerelException(Kind.UNEXPECTED, asked + " at Mackerel was answered with no JSON object");
    }

    /** Mackerel's own words, where there are some. */
    private static String saidWhy(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8)
                .replaceAll("[\\p{C}\\s]+", " ")
                .strip();
        if (text.isEmpty() || text.startsWith("<")) {
            return "";
        }
        int length = text.codePointCount(0, text.length());
        return ": "
                + (length > LONGEST_REPEATED
                        ? text.substring(0, text.offsetByCodePoints(0, LONGEST_REPEATED)) + "…"
                        : text);
    }

    private static Duration retryAfter(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }

    private static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and lists of texts and numbers can be written as JSON", e);
        }
    }
}
