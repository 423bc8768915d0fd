package dev.mackerelredmine.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.operate.ParkedFilter;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * What a person wants done to parked alerts: to these, or to all that match. A program sends it as JSON, a page as a form.
 *
 * @param alerts their names, as org/id; empty where all that match are meant
 * @param all those that match; null where alerts are named
 * @param why they are dropped
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record Asked(List<String> alerts, Match all, String why) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** Null leaves a part open. */
    @JsonIgnoreProperties(ignoreUnknown = false)
    public record Match(String problem, String project, String reason) {}

    /** It cannot be understood; the message says why. */
    static final class UnclearException extends Exception {

        private static final long serialVersionUID = 1;

        UnclearException(String message) {
            super(message);
        }
    }

    public Asked {
        alerts = alerts == null ? List.of() : List.copyOf(alerts);
    }

    static boolean isForm(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        return type != null && type.startsWith("application/x-www-form-urlencoded");
    }

    static Asked of(RoutingContext request) throws UnclearException {
        if (isForm(request)) {
            return of(request.request().formAttributes());
        }
        try {
            Asked asked = JSON.readValue(
                    request.body().isEmpty() ? "{}" : request.body().asString(), Asked.class);
            return asked == null ? new Asked(List.of(), null, null) : asked;
        } catch (JsonProcessingException e) {
            throw new UnclearException("the body is not what is expected: " + e.getOriginalMessage());
        }
    }

    static Asked of(MultiMap form) {
        boolean isOfAll = "all".equals(form.get("which"));
        return new Asked(
                isOfAll ? List.of() : form.getAll("alert"),
                isOfAll ? new Match(text(form, "problem"), text(form, "project"), text(form, "reason")) : null,
                text(form, "why"));
    }

    private static String text(MultiMap form, String name) {
        String value = form.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    ParkedFilter filter() throws UnclearException {
        if (alerts.isEmpty() == (all == null)) {
            throw new UnclearException(
                    "say which alerts are meant: \"alerts\" names them, or \"all\" says what they match");
        }
        return all == null
                ? ParkedFilter.of(alerts)
                : new ParkedFilter(List.of(), all.problem(), all.project(), all.reason(), null);
    }
}
