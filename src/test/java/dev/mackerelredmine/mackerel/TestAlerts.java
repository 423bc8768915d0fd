package dev.mackerelredmine.mackerel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/**
 * Notifications for tests: start valid, change one thing, as in {@code TestAlerts.critical().id("A1").json()}.
 * Immutable, so one start can have several ends; {@code with} and {@code without} make what Mackerel never sends.
 */
public final class TestAlerts {
    public static final Instant OPENED = Instant.parse("2026-11-20T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode fields;

    private TestAlerts(ObjectNode fields) {
        this.fields = fields;
    }

    /** A critical alert of a host's CPU, just opened. */
    public static TestAlerts critical() {
        ObjectNode fields = JSON.createObjectNode();
        fields.put("orgName", "example")
                .put("event", "alert")
                .put("type", "host")
                .put("message", "CPU % 95.5 > 90");
        fields.putObject("alert")
                .put("createdAt", OPENED.toEpochMilli())
                .put("trigger", "monitor")
                .put("monitorName", "CPU %")
                .put("metricLabel", "cpu.user.percentage")
                .put("metricValue", 95.5)
                .put("criticalThreshold", 90)
                .put("warningThreshold", 70)
                .put("monitorOperator", ">")
                .put("duration", 3);
        fields.putNull("imageUrl").put("memo", "").putNull("user");
        return new TestAlerts(fields)
                .id("2bj7ZsQ4bYh")
                .status("critical")
                .open(true)
                .openedAt(OPENED)
                .statusChangedAt(OPENED)
                .with("closedAt", null)
                .host("web1");
    }

    public static TestAlerts warning() {
        return critical().status("warning");
    }

    public static TestAlerts unknown() {
        return critical().status("unknown");
    }

    /** The end of {@link #critical()}, ten minutes later. */
    public static TestAlerts ok() {
        return critical().recovered(OPENED.plusSeconds(600));
    }

    /** The same alert when it has ended. */
    public TestAlerts recovered(Instant at) {
        return status("ok").open(false).statusChangedAt(at).closedAt(at);
    }

    /** Changes the url too. */
    public TestAlerts id(String id) {
        return with("id", id).url("https://mackerel.io/orgs/example/alerts/" + id);
    }

    public TestAlerts url(String url) {
        return with("url", url);
    }

    public TestAlerts status(String status) {
        return with("status", status);
    }

    public TestAlerts open(boolean isOpen) {
        return with("isOpen", isOpen);
    }

    public TestAlerts trigger(String trigger) {
        return with("trigger", trigger);
    }

    public TestAlerts monitor(String name) {
        return with("monitorName", name);
    }

    public TestAlerts metricLabel(String label) {
        return with("metricLabel", label);
    }

    public TestAlerts metricValue(Number value) {
        return with("metricValue", value);
    }

    public TestAlerts openedAt(Instant at) {
        return with("openedAt", at.getEpochSecond());
    }

    public TestAlerts statusChangedAt(Instant at) {
        return with("statusChangedAt", at.getEpochSecond());
    }

    public TestAlerts closedAt(Instant at) {
        return with("closedAt", at.getEpochSecond());
    }

    public TestAlerts org(String name) {
        return withTop("orgName", name);
    }

    public TestAlerts event(String kind) {
        return withTop("event", kind);
    }

    public TestAlerts type(String kindOfMonitor) {
        return withTop("type", kindOfMonitor);
    }

    public TestAlerts message(String text) {
        return withTop("message", text);
    }

    public TestAlerts memo(String text) {
        return withTop("memo", text);
    }

    /** About this host, whose id is {@code id-of-} and its name, instead of a service. */
    public TestAlerts host(String name) {
        ObjectNode host = JSON.createObjectNode().put("id", "id-of-" + name).put("name", name);
        host.put("url", "https://mackerel.io/orgs/example/hosts/id-of-" + name);
        host.put("status", "working").put("memo", "").put("isRetired", false).putArray("roles");
        return without("service").withTop("host", host);
    }

    /** Gives the host one more role. */
    public TestAlerts role(String service, String role) {
        TestAlerts changed = new TestAlerts(fields.deepCopy());
        changed.fields
                .withArray("/host/roles")
                .addObject()
                .put("fullname", service + ": " + role)
                .put("serviceName", service)
                .put("roleName", role);
        return changed;
    }

    /** About this service instead of a host. */
    public TestAlerts service(String name) {
        ObjectNode service = JSON.createObjectNode().put("id", "id-of-" + name).put("name", name);
        service.put("memo", "").put("orgId", "2cGz1XwPq3k").putArray("roles");
        return without("host").withTop("service", service).type("service");
    }

    /** Sets any field of the alert. */
    public TestAlerts with(String field, Object value) {
        TestAlerts changed = new TestAlerts(fields.deepCopy());
        changed.alert().set(field, JSON.valueToTree(value));
        return changed;
    }

    /** Sets any field beside the alert. */
    public TestAlerts withTop(String field, Object value) {
        TestAlerts changed = new TestAlerts(fields.deepCopy());
        changed.fields.set(field, JSON.valueToTree(value));
        return changed;
    }

    /** Leaves a field out of the alert, or out of the top level where the alert has none of that name. */
    public TestAlerts without(String field) {
        TestAlerts changed = new TestAlerts(fields.deepCopy());
        ObjectNode place = changed.alert().has(field) ? changed.alert() : changed.fields;
        place.remove(field);
        return changed;
    }

    /** A file of {@code src/test/resources/mackerel}, by its name without {@code .json}. */
    public static byte[] fixture(String name) {
        try (InputStream file = TestAlerts.class.getResourceAsStream("/mackerel/" + name + ".json")) {
            return Objects.requireNonNull(file, () -> "no fixture " + name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String json() {
        return fields.toString();
    }

    public byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }

    public Notification notification() {
        return new NotificationReader().read(bytes());
    }

    private ObjectNode alert() {
        return fields.withObject("/alert");
    }
}
