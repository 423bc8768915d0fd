package dev.mackerelredmine.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.mackerelapi.ApiHost;
import dev.mackerelredmine.mackerelapi.ApiLog;
import dev.mackerelredmine.mackerelapi.ApiMonitor;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes what the API says of an alert as the webhook would have been, as far as the API knows it, with the event {@code found}. A webhook has
 * the label of a metric and the graph, which the API does not have; what the API said stands below {@code found}.
 */
final class FoundAlert {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What webhooks call the triggers of the API's logs (docs/howto/alerts/webhook; real posts say monitor). */
    private static final Map<String, String> TRIGGERS = Map.of(
            "monitoring", "monitor",
            "manual", "manual close",
            "monitorDelete", "delete monitor",
            "hostRetire", "retire host",
            "serviceDelete", "delete service",
            "anomalyDetectionManuallyRetraining", "anomaly detection manually retraining",
            "externalMonitoringServiceChange", "attach external monitoring to a different service");

    private final String org;
    private final String site;
    private final ApiAlert alert;
    private final Subject subject;
    private final String label;
    private final NotificationReader reader;

    /**
     * @param site where people see the organization, such as {@code https://mackerel.io}
     * @param label of the metric, where it is known from an earlier alert; else null
     */
    FoundAlert(Place place, ApiAlert alert, Subject subject, String label) {
        this.org = place.org();
        this.site = place.site();
        this.reader = place.reader();
        this.alert = alert;
        this.subject = subject;
        this.label = label;
    }

    /** Where alerts are found. */
    record Place(String org, String site, NotificationReader reader) {}

    /** As of one change of its status. */
    Notification notification(ApiLog log) {
        ObjectNode fields = JSON.createObjectNode().put("orgName", org).put("event", "found");
        put(fields, "type", alert.type());
        put(fields, "message", message(log));
        if (subject.host() != null) {
            fields.set("host", host(subject.host()));
        } else if (subject.monitor().service() != null) {
            fields.putObject("service").put("name", subject.monitor().service());
        }
        fields.set("alert", alertFields(log));
        fields.putNull("imageUrl");
        put(
                fields,
                "memo",
                subject.monitor().memo() == null
                        ? checkMemo(log)
                        : subject.monitor().memo());
        fields.putNull("user");
        if (alert.series() != null && alert.series().isObject()) {
            fields.set("series", alert.series());
        }
        fields.set("found", said(log));
        return reader.readText(fields.toString());
    }

    private ObjectNode alertFields(ApiLog log) {
        boolean isOver = log.status() == AlertStatus.OK;
        ObjectNode fields = JSON.createObjectNode()
                .put("id", alert.id())
                .put("status", log.status().toString())
                .put("isOpen", !isOver)
                .put("trigger", TRIGGERS.getOrDefault(log.trigger(), log.trigger()))
                .put("url", site + "/orgs/" + org + "/alerts/" + alert.id())
                .put("openedAt", alert.openedAt())
                .put("closedAt", isOver ? closedAt(log) : null)
                .put("statusChangedAt", log.createdAt());
        ApiMonitor monitor = subject.monitor();
        put(fields, "monitorName", monitor.name());
        put(fields, "metricLabel", label);
        BigDecimal value = value(log);
        if (value != null) {
            fields.put("metricValue", value);
            fields.put("criticalThreshold", monitor.criticalThreshold());
            fields.put("warningThreshold", monitor.warningThreshold());
            put(fields, "monitorOperator", monitor.comparison());
            fields.put("duration", monitor.minutes());
        }
        return fields;
    }

    private Long closedAt(ApiLog log) {
        return alert.closedAt() == null ? Long.valueOf(log.createdAt()) : alert.closedAt();
    }

    /** Of the last change the alert itself says it, too. */
    private BigDecimal value(ApiLog log) {
        return log.targetValue() == null && log.status() == alert.status() ? alert.value() : log.targetValue();
    }

    /** As Mackerel words it: {@code CPU % 95.5 > 90}; what a check said; why somebody closed it. */
    private String message(ApiLog log) {
        if (log.status() == AlertStatus.OK
                && alert.reason() != null
                && !alert.reason().isBlank()) {
            return alert.reason();
        }
        if (log.message() != null) {
            return log.message();
        }
        if (alert.message() != null && log.status() == alert.status()) {
            return alert.message();
        }
        BigDecimal value = value(log);
        return value == null ? null : metricName() + " " + value.toPlainString() + comparison(log);
    }

    private String metricName() {
        if (label != null) {
            return label;
        }
        return subject.monitor().metric() == null
                ? subject.monitor().name()
                : subject.monitor().metric();
    }

    private String comparison(ApiLog log) {
        BigDecimal threshold = switch (log.status()) {
            case CRITICAL -> subject.monitor().criticalThreshold();
            case WARNING -> subject.monitor().warningThreshold();
            default -> null;
        };
        return threshold == null || subject.monitor().comparison() == null
                ? ""
                : " " + subject.monitor().comparison() + " " + threshold.toPlainString();
    }

    private static String checkMemo(ApiLog log) {
        return log.statusDetail() == null || log.statusDetail().detail() == null
                ? null
                : log.statusDetail().detail().memo();
    }

    private ObjectNode host(ApiHost host) {
        ObjectNode fields = JSON.createObjectNode().put("id", host.id());
        put(fields, "name", host.name());
        fields.put("url", site + "/orgs/" + org + "/hosts/" + host.id());
        put(fields, "status", host.status());
        put(fields, "memo", host.memo());
        fields.put("isRetired", host.isRetired());
        ArrayNode roles = fields.putArray("roles");
        host.roles()
                .forEach((service, names) -> names.forEach(role -> {
                    String serviceUrl = site + "/orgs/" + org + "/services/" + service;
                    roles.addObject()
                            .put("fullname", service + ": " + role)
                            .put("serviceName", service)
                            .put("serviceUrl", serviceUrl)
                            .put("roleName", role)
                            .put("roleUrl", serviceUrl + "#role=" + role);
                }));
        return fields;
    }

    /** For whoever wants to know later what was answered. */
    private JsonNode said(ApiLog log) {
        ObjectNode said = JSON.createObjectNode();
        said.put("status", alert.status().toString());
        put(said, "monitorId", alert.monitorId());
        said.put("openedAt", alert.openedAt());
        said.put("closedAt", alert.closedAt());
        put(said, "reason", alert.reason());
        put(said, "logId", log.id());
        put(said, "logTrigger", log.trigger());
        return said;
    }

    private static void put(ObjectNode fields, String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
