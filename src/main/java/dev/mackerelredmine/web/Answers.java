package dev.mackerelredmine.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** How the pages and the API answer. Nothing that is shown may run, whatever it says. */
final class Answers {

    private static final String CONTENT_SECURITY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin");

    /** Times and spans as in ISO 8601. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(Duration.class, ToStringSerializer.instance))
            .build();

    private Answers() {}

    static void headers(RoutingContext request) {
        HEADERS.forEach(request.response()::putHeader);
    }

    static void html(RoutingContext request, int status, String page) {
        end(request, status, "text/html; charset=utf-8", page);
    }

    static void json(RoutingContext request, int status, Object value) {
        try {
            end(request, status, "application/json", JSON.writeValueAsString(value) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts can be written as JSON", e);
        }
    }

    /** A spreadsheet takes it for UTF-8 by its first character. */
    static void csv(RoutingContext request, String name, String table) {
        request.response().putHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
        end(request, 200, "text/csv; charset=utf-8", "\uFEFF" + table);
    }

    /** What was not done, and why (RFC 9457). */
    static void problem(RoutingContext request, int status, String title, String detail) {
        try {
            end(
                    request,
                    status,
                    "application/problem+json",
                    JSON.writeValueAsString(new Problem(title, status, detail)) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written as JSON", e);
        }
    }

    record Problem(String title, int status, String detail) {}

    /** It is of one moment, and for this reader alone. */
    private static void end(RoutingContext request, int status, String type, String body) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .end(body);
    }
}
