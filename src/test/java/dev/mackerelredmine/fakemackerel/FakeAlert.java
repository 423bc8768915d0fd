package dev.mackerelredmine.fakemackerel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An alert at FakeMackerel, with all that became of it. What its monitor does not have is null. */
public final class FakeAlert {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A change of its status, in the API's words. */
    public record Log(String id, String status, String trigger, Double value, String message, Instant at) {}

    private final String id;
    private final FakeMonitor monitor;
    private final String hostId;
    private final List<Log> logs = new CopyOnWriteArrayList<>();
    private volatile String reason;
    private volatile String memo = "";

    FakeAlert(String id, FakeMonitor monitor, String hostId) {
        this.id = id;
        this.monitor = monitor;
        this.hostId = hostId;
    }

    public String id() {
        return id;
    }

    public FakeMonitor monitor() {
        return monitor;
    }

    public String hostId() {
        return hostId;
    }

    public List<Log> logs() {
        return List.copyOf(logs);
    }

    /** Why it was closed; null where nobody wrote that. */
    public String reason() {
        return reason;
    }

    public String memo() {
        return memo;
    }

    void memo(String text) {
        memo = text;
    }

    public FakeAlert becomes(String status, Instant at) {
        return becomes(status, "monitoring", at);
    }

    FakeAlert becomes(String status, String trigger, Instant at) {
        Double value = monitor.metric() == null ? null : monitor.value(status);
        String message = "check".equals(monitor.type()) ? monitor.name() + " is " + status : null;
        logs.add(new Log(id + "-" + (logs.size() + 1), status, trigger, value, message, at));
        return this;
    }

    /** A person closes it at Mackerel. */
    public FakeAlert closedByHand(String why, Instant at) {
        reason = why;
        return becomes("OK", "manual", at);
    }

    public Log last() {
        return logs.get(logs.size() - 1);
    }

    public String status() {
        return last().status();
    }

    public boolean isOpen() {
        return !status().equals("OK");
    }

    Instant openedAt() {
        return logs.get(0).at();
    }

    /** As {@code <alert>} of api-docs/alerts "List Alerts". */
    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode()
                .put("id", id)
                .put("status", status())
                .put("monitorId", monitor.id())
                .put("type", monitor.type());
        if (hostId != null) {
            json.put("hostId", hostId);
        }
        if (last().value() != null) {
            json.put("value", last().value());
        }
        if (last().message() != null) {
            json.put("message", last().message());
        }
        if (reason != null) {
            json.put("reason", reason);
        }
        json.put("openedAt", openedAt().getEpochSecond());
        if (!isOpen()) {
            json.put("closedAt", last().at().getEpochSecond());
        }
        return json.put("memo", memo);
    }

    /** As {@code <log>} of api-docs/alerts "Get Alert Logs". */
    static ObjectNode json(Log log, FakeMonitor monitor) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", log.id())
                .put("status", log.status())
                .put("trigger", log.trigger())
                .put("monitorId", monitor.id())
                .put("targetValue", log.value());
        if (log.message() == null) {
            json.putNull("statusDetail");
        } else {
            json.putObject("statusDetail")
                    .put("type", "check")
                    .putObject("detail")
                    .put("message", log.message())
                    .put("memo", "");
        }
        return json.put("createdAt", log.at().getEpochSecond());
    }
}
