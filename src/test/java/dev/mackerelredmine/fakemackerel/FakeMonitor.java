package dev.mackerelredmine.fakemackerel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A monitor at FakeMackerel.
 *
 * @param service of a service's metric, else null
 * @param metric null where it watches none
 */
public record FakeMonitor(String id, String type, String name, String service, String metric, boolean isMute) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double WARNING = 70;
    private static final double CRITICAL = 90;

    public FakeMonitor muted() {
        return new FakeMonitor(id, type, name, service, metric, true);
    }

    Double value(String status) {
        return switch (status) {
            case "CRITICAL" -> 95.5;
            case "WARNING" -> 75.5;
            default -> 5.5;
        };
    }

    /** As of api-docs/monitors, for its type. */
    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode()
                .put("id", id)
                .put("type", type)
                .put("name", name)
                .put("memo", "Runbook of " + name)
                .put("isMute", isMute);
        if (service != null) {
            json.put("service", service);
        }
        if (metric != null) {
            json.put("metric", metric)
                    .put("operator", ">")
                    .put("warning", WARNING)
                    .put("critical", CRITICAL)
                    .put("duration", 3)
                    .put("maxCheckAttempts", 1);
        }
        return json;
    }
}
