package dev.mackerelredmine.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A monitor of the story, and what it posts.
 *
 * @param type as Mackerel has it: {@code host} or {@code external}
 * @param host null: it watches the service itself
 */
record Monitor(
        String name,
        String type,
        String metric,
        String service,
        String role,
        String host,
        double warning,
        double critical) {

    private static final String ORG = "tsukumo";
    private static final String ADDRESS = "https://mackerel.io/orgs/" + ORG;

    static Monitor ofHost(String name, String metric, String role, String host, double critical) {
        String[] names = role.split(": ");
        return new Monitor(name, "host", metric, names[0], names[1], host, critical * 0.8, critical);
    }

    static Monitor external(String name, String metric, String service, double critical) {
        return new Monitor(name, "external", metric, service, null, null, critical / 2, critical);
    }

    /**
     * What is posted of an alert.
     *
     * @param at since when it has this status
     */
    String notification(String id, String status, Instant opened, Instant at, double value) {
        boolean isOpen = !status.equals("ok");
        ObjectNode post = JsonNodeFactory.instance.objectNode();
        post.put("orgName", ORG).put("event", "alert").put("type", type);
        post.put("message", metric + " " + value + (isOpen ? " > " : " <= ") + threshold(status));
        if (host == null) {
            post.putObject("service")
                    .put("id", "id-of-" + service)
                    .put("name", service)
                    .put("memo", "")
                    .putArray("roles");
        } else {
            addHost(post.putObject("host"));
        }
        ObjectNode alert = post.putObject("alert");
        alert.put("id", id).put("status", status).put("isOpen", isOpen).put("trigger", "monitor");
        alert.put("url", ADDRESS + "/alerts/" + id);
        alert.put("openedAt", opened.getEpochSecond()).put("statusChangedAt", at.getEpochSecond());
        alert.put("closedAt", isOpen ? null : (Long) at.getEpochSecond());
        alert.put("createdAt", opened.toEpochMilli());
        alert.put("monitorName", name).put("metricLabel", metric).put("metricValue", value);
        alert.put("warningThreshold", warning).put("criticalThreshold", critical);
        alert.put("monitorOperator", ">").put("duration", 3);
        post.put("memo", "Runbook: https://wiki.example.com/" + service + "/" + metric.replaceAll("\\W+", "-"));
        return post.toString();
    }

    private double threshold(String status) {
        return status.equals("critical") ? critical : warning;
    }

    private void addHost(ObjectNode node) {
        node.put("id", "id-of-" + host).put("name", host).put("url", ADDRESS + "/hosts/id-of-" + host);
        node.put("status", "working").put("memo", "").put("isRetired", false);
        node.putArray("roles")
                .addObject()
                .put("fullname", service + ": " + role)
                .put("serviceName", service)
                .put("roleName", role);
    }
}
