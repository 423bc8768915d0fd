package dev.mackerelredmine.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import java.time.Instant;

/**
 * What happened to an incident, in the words of a webhook, so that the policy decides for it as for its members: it has all their services and
 * roles.
 */
public final class IncidentNotification {

    /** The kind of its events. */
    public static final String KIND = "incident";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode fields;

    private IncidentNotification(ObjectNode fields) {
        this.fields = fields;
    }

    /**
     * An incident that begins.
     *
     * @param name that the policy gave it
     * @param since when the first of its members opened
     */
    public static IncidentNotification of(String org, String id, String name, Instant since) {
        ObjectNode fields =
                JSON.createObjectNode().put("orgName", org).put("event", KIND).put("type", KIND);
        fields.putNull("message");
        fields.putObject("alert").put("id", id).put("monitorName", name).put("openedAt", since.getEpochSecond());
        fields.putObject("host").putArray("roles");
        return new IncidentNotification(fields);
    }

    /** The one that was written last, to be changed. */
    public static IncidentNotification last(String json) {
        try {
            return new IncidentNotification((ObjectNode) JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds what it did not write: " + e.getOriginalMessage(), e);
        }
    }

    /** With the services and roles of a member. */
    public IncidentNotification and(Notification member) {
        ArrayNode roles = (ArrayNode) fields.at("/host/roles");
        if (member.host() != null) {
            member.host().roles().forEach(role -> add(roles, role.fullname(), role.serviceName(), role.roleName()));
        }
        if (member.service() != null && member.service().name() != null) {
            add(roles, null, member.service().name(), null);
        }
        return this;
    }

    private static void add(ArrayNode roles, String fullname, String service, String role) {
        ObjectNode made = JSON.createObjectNode();
        put(made, "fullname", fullname);
        put(made, "serviceName", service);
        put(made, "roleName", role);
        for (JsonNode known : roles) {
            if (known.equals(made)) {
                return;
            }
        }
        roles.add(made);
    }

    private static void put(ObjectNode fields, String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** As of a change of its status, or of what is said about it. */
    public IncidentNotification as(AlertStatus status, Instant at, String message) {
        boolean isOver = status == AlertStatus.OK;
        fields.put("message", message);
        ObjectNode alert = (ObjectNode) fields.get("alert");
        alert.put("status", status.toString())
                .put("isOpen", !isOver)
                .put("statusChangedAt", at.getEpochSecond())
                .put("closedAt", isOver ? (Long) at.getEpochSecond() : null);
        return this;
    }

    public String json() {
        return fields.toString();
    }
}
