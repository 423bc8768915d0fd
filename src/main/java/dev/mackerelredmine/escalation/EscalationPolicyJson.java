package dev.mackerelredmine.escalation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A policy as the store keeps it, for a running escalation: a changed file counts for the next one only. A later release reads it, so its
 * names do not follow those of the code; what a release does not know it ignores.
 */
public final class EscalationPolicyJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REPEAT_AFTER = Duration.ofMinutes(10);

    private EscalationPolicyJson() {}

    public static String write(EscalationPolicy policy) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", policy.name());
        json.put("hours", policy.hours());
        ArrayNode steps = json.putArray("steps");
        policy.steps().forEach(step -> write(step, steps.addObject()));
        json.put("repeat", policy.repeat());
        json.put("repeat-after", policy.repeatAfter().toString());
        json.put(
                "again-after",
                policy.againAfter() == null ? null : policy.againAfter().toString());
        return json.toString();
    }

    private static void write(EscalationStep step, ObjectNode json) {
        json.put("at", step.at().toString());
        ArrayNode whom = json.putArray("notify");
        step.whom()
                .forEach(target -> whom.addObject()
                        .put("kind", target.kind().name().toLowerCase(Locale.ROOT))
                        .put("name", target.name()));
        ArrayNode by = json.putArray("by");
        step.by().forEach(by::add);
    }

    /** @throws IllegalArgumentException where it is none */
    public static EscalationPolicy read(String json) {
        try {
            return policy(JSON.readTree(json));
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("this is no policy of an escalation: " + json, e);
        }
    }

    private static EscalationPolicy policy(JsonNode json) {
        List<EscalationStep> steps = new ArrayList<>();
        json.path("steps").forEach(step -> steps.add(step(step)));
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("this is no policy of an escalation, it has no steps: " + json);
        }
        return new EscalationPolicy(
                json.path("name").asText(),
                json.path("hours").asText(null),
                steps,
                json.path("repeat").asInt(0),
                json.hasNonNull("repeat-after")
                        ? Duration.parse(json.get("repeat-after").asText())
                        : REPEAT_AFTER,
                json.hasNonNull("again-after")
                        ? Duration.parse(json.get("again-after").asText())
                        : null);
    }

    private static EscalationStep step(JsonNode json) {
        List<Target> whom = new ArrayList<>();
        json.path("notify")
                .forEach(target -> whom.add(new Target(
                        Target.Kind.valueOf(target.path("kind").asText().toUpperCase(Locale.ROOT)),
                        target.path("name").asText())));
        List<String> by = new ArrayList<>();
        json.path("by").forEach(means -> by.add(means.asText()));
        return new EscalationStep(Duration.parse(json.path("at").asText()), whom, by);
    }
}
