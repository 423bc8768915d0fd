package dev.mackerelredmine.fakemackerel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mackerelredmine.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Mackerel's API v0 over real HTTP on a loopback port, as far as we use it, written from Mackerel's own documents (mackerelio/documents,
 * 2026-08), with their limits, errors and paging. FakeMackerelTest says for each rule where it is documented. What it does not play it answers
 * with 404, as Mackerel does, and fails the test at its end.
 */
public final class FakeMackerel implements BeforeEachCallback, AfterEachCallback {

    public static final String KEY = "mackerel-key-that-may-write";
    public static final String READ_ONLY_KEY = "mackerel-key-that-may-read";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_PAGE = 100;
    private static final int LARGEST_MEMO = 80 * 1024;
    private static final Pattern ALERT = Pattern.compile("/api/v0/alerts/([^/]+)");
    private static final Pattern LOGS = Pattern.compile("/api/v0/alerts/([^/]+)/logs");
    private static final Pattern HOST = Pattern.compile("/api/v0/hosts/([^/]+)");
    private static final Pattern MONITOR = Pattern.compile("/api/v0/monitors/([^/]+)");
    private static final Pattern CHECK = Pattern.compile("/api/v0/monitoring/checks/([^/]+)");
    private static final Pattern CLOSING = Pattern.compile("/api/v0/alerts/([^/]+)/close");
    private static final Pattern METRICS = Pattern.compile("/api/v0/services/([^/]+)/tsdb");

    /** A request as it was received. */
    public record Request(String method, String path, String query, String body) {}

    private record Answer(int status, Object body, Map<String, String> headers) {
        Answer(int status, Object body) {
            this(status, body, Map.of());
        }
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        Refusal(int status, String message) {
            answer = new Answer(status, Map.of("error", message));
        }
    }

    /** A host. */
    public record Host(String id, String name, String status, Map<String, List<String>> roles, boolean isRetired) {
        ObjectNode json() {
            ObjectNode json = JSON.createObjectNode()
                    .put("createdAt", 1_700_000_000)
                    .put("id", id)
                    .put("name", name)
                    .put("status", status)
                    .put("memo", "memo of " + name)
                    .put("isRetired", isRetired);
            json.putObject("meta");
            json.putArray("interfaces");
            json.set("roles", JSON.valueToTree(roles));
            return json;
        }
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Function<Request, Answer>> faults = new ConcurrentLinkedQueue<>();
    private final List<String> notPlayed = new CopyOnWriteArrayList<>();
    private final Map<String, FakeAlert> alerts = new LinkedHashMap<>();
    private final Map<String, FakeMonitor> monitors = new LinkedHashMap<>();
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, ObjectNode> channels = new LinkedHashMap<>();
    private final Map<String, ObjectNode> groups = new LinkedHashMap<>();
    private final List<ObjectNode> alertGroupSettings = new ArrayList<>();
    private final Map<String, Instant> lastMetrics = new ConcurrentHashMap<>();
    private final List<JsonNode> metrics = new CopyOnWriteArrayList<>();
    private final InstantSource clock;
    private final int port;
    private String org = "example";
    private int ids;
    private boolean isForgetful;
    private HttpServer server;

    public FakeMackerel() {
        this(FreePort.next(), InstantSource.system());
    }

    public FakeMackerel(int port, InstantSource clock) {
        this.port = port;
        this.clock = clock;
        forget();
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (server == null) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop();
        List<String> asked = notPlayed();
        forget();
        if (!asked.isEmpty()) {
            throw new AssertionError("FakeMackerel was asked for what it does not play: " + asked);
        }
    }

    public void start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-mackerel");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::serve);
        server.start();
    }

    public void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    private synchronized void forget() {
        requests.clear();
        faults.clear();
        notPlayed.clear();
        alerts.clear();
        monitors.clear();
        hosts.clear();
        channels.clear();
        groups.clear();
        alertGroupSettings.clear();
        lastMetrics.clear();
        metrics.clear();
        org = "example";
        isForgetful = false;
        ObjectNode group = JSON.createObjectNode()
                .put("id", "default-group")
                .put("type", "default")
                .put("name", "Default");
        group.put("notificationLevel", "all").putArray("childNotificationGroupIds");
        group.putArray("childChannelIds");
        groups.put("default-group", group);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** As {@code GET /api/v0/alerts}, without queries. */
    public List<String> asked() {
        return requests.stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    public void forgetRequests() {
        requests.clear();
    }

    /** What was asked for and is answered with 404, because it is not played. */
    public List<String> notPlayed() {
        return List.copyOf(notPlayed);
    }

    // --- what the organization has

    public FakeMackerel withOrg(String name) {
        org = name;
        return this;
    }

    /** A webhook channel in the default group, to which alerts are sent. */
    public FakeMackerel withChannel(String id, String url) {
        return withChannel(id, url, "alert");
    }

    public synchronized FakeMackerel withChannel(String id, String url, String... events) {
        ObjectNode channel = JSON.createObjectNode()
                .put("id", id)
                .put("name", "channel " + id)
                .put("type", "webhook")
                .putNull("suspendedAt")
                .put("url", url)
                .put("enabledGraphImage", true);
        channel.set("events", JSON.valueToTree(events));
        channels.put(id, channel);
        return inGroup("default-group", id);
    }

    public synchronized FakeMackerel suspend(String channel, Instant at) {
        channels.get(channel).put("suspendedAt", at.getEpochSecond());
        return this;
    }

    public synchronized FakeMackerel resume(String channel) {
        channels.get(channel).putNull("suspendedAt");
        return this;
    }

    public synchronized FakeMackerel withoutChannel(String id) {
        channels.remove(id);
        return this;
    }

    /** A notification group of this level: {@code all} or {@code critical}. */
    public synchronized FakeMackerel withGroup(String id, String level) {
        ObjectNode group =
                JSON.createObjectNode().put("id", id).put("name", "group " + id).put("notificationLevel", level);
        group.putArray("childNotificationGroupIds");
        group.putArray("childChannelIds");
        group.putArray("monitors");
        group.putArray("services");
        groups.put(id, group);
        return this;
    }

    public synchronized FakeMackerel level(String group, String level) {
        groups.get(group).put("notificationLevel", level);
        return this;
    }

    public synchronized FakeMackerel inGroup(String group, String channel) {
        groups.get(group).withArray("childChannelIds").add(channel);
        return this;
    }

    public synchronized FakeMackerel notInGroup(String group) {
        groups.get(group).putArray("childChannelIds");
        return this;
    }

    public synchronized FakeMackerel groupInGroup(String group, String child) {
        groups.get(group).withArray("childNotificationGroupIds").add(child);
        return this;
    }

    public synchronized FakeMackerel monitorInGroup(String group, String monitor, boolean skipDefault) {
        groups.get(group).withArray("monitors").addObject().put("id", monitor).put("skipDefault", skipDefault);
        return this;
    }

    public synchronized FakeMackerel serviceInGroup(String group, String service) {
        groups.get(group).withArray("services").addObject().put("name", service);
        return this;
    }

    public synchronized FakeMackerel withAlertGroupSetting(
            String name, List<String> services, List<String> roles, List<String> monitorIds) {
        ObjectNode setting =
                JSON.createObjectNode().put("id", "setting-" + name).put("name", name);
        setting.set("serviceScopes", JSON.valueToTree(services));
        setting.set("roleScopes", JSON.valueToTree(roles));
        setting.set("monitorScopes", JSON.valueToTree(monitorIds));
        alertGroupSettings.add(setting);
        return this;
    }

    /** A monitor of a host's CPU. */
    public synchronized FakeMonitor hostMonitor(String name) {
        return monitor(new FakeMonitor("monitor-" + name, "host", name, null, "cpu%", false));
    }

    public synchronized FakeMonitor serviceMonitor(String name, String service) {
        return monitor(new FakeMonitor("monitor-" + name, "service", name, service, "shop.orders_waiting", false));
    }

    public synchronized FakeMonitor connectivityMonitor() {
        return monitor(new FakeMonitor("monitor-connectivity", "connectivity", "connectivity", null, null, false));
    }

    public synchronized FakeMonitor checkMonitor(String name) {
        return monitor(new FakeMonitor("monitor-" + name, "check", name, null, null, false));
    }

    public synchronized FakeMonitor monitor(FakeMonitor monitor) {
        monitors.put(monitor.id(), monitor);
        return monitor;
    }

    /** The organization does not have it any more. Mackerel closes its alerts then; here they stay as they are. */
    public synchronized FakeMackerel withoutMonitor(FakeMonitor monitor) {
        monitors.remove(monitor.id());
        return this;
    }

    public synchronized String host(String name) {
        return host(name, "working");
    }

    /** Answers its id, which is {@code id-of-} and its name. */
    public synchronized String host(String name, String status) {
        return host(new Host("id-of-" + name, name, status, Map.of("Shop", List.of("web")), false));
    }

    public synchronized String host(Host host) {
        hosts.put(host.id(), host);
        return host.id();
    }

    /** One that has just been opened, in this status. */
    public synchronized FakeAlert open(FakeMonitor monitor, String hostId, String status, Instant at) {
        return open("3f" + Integer.toString(100_000 + ++ids, 36), monitor, hostId, status, at);
    }

    public synchronized FakeAlert open(String id, FakeMonitor monitor, String hostId, String status, Instant at) {
        FakeAlert alert = new FakeAlert(id, monitor, hostId);
        alerts.put(alert.id(), alert.becomes(status, at));
        return alert;
    }

    public synchronized FakeAlert alert(String id) {
        return alerts.get(id);
    }

    public synchronized List<FakeAlert> alerts() {
        return List.copyOf(alerts.values());
    }

    /** What was posted as service metrics. */
    public List<JsonNode> metrics() {
        return List.copyOf(metrics);
    }

    // --- faults: each for one request, in their order

    public FakeMackerel enqueueFailure(int status, String body) {
        return enqueueFailure(status, body, Map.of());
    }

    public FakeMackerel enqueueFailure(int status, String body, Map<String, String> headers) {
        faults.add(request -> new Answer(status, body, headers));
        return this;
    }

    /** From now on each alert's own page is not there. */
    public FakeMackerel forgetsAlerts() {
        isForgetful = true;
        return this;
    }

    /** Serves the next request normally: faults behind it are for later ones. */
    public FakeMackerel serveNormally() {
        faults.add(request -> null);
        return this;
    }

    /** The next request is answered only after so long. */
    public FakeMackerel delay(Duration time) {
        faults.add(request -> {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        return this;
    }

    // --- the webhook that Mackerel would post of this

    /** docs/howto/alerts/webhook, of an alert in the state of this log. */
    public synchronized byte[] webhook(FakeAlert alert, FakeAlert.Log log) {
        FakeMonitor monitor = alert.monitor();
        ObjectNode fields = JSON.createObjectNode()
                .put("orgName", org)
                .put("event", "alert")
                .put("type", monitor.type())
                .put("message", log.message() == null ? monitor.name() + " is " + log.status() : log.message());
        boolean isOver = log.status().equals("OK");
        ObjectNode of = fields.putObject("alert")
                .put("id", alert.id())
                .put("status", log.status().toLowerCase(java.util.Locale.ROOT))
                .put("isOpen", !isOver)
                .put("trigger", log.trigger().equals("manual") ? "manual close" : "monitor")
                .put("url", "https://mackerel.io/orgs/" + org + "/alerts/" + alert.id())
                .put("openedAt", alert.openedAt().getEpochSecond())
                .put("statusChangedAt", log.at().getEpochSecond())
                .put("createdAt", alert.openedAt().toEpochMilli())
                .put("monitorName", monitor.name());
        of.put("closedAt", isOver ? (Long) log.at().getEpochSecond() : null);
        if (monitor.metric() != null) {
            of.put("metricLabel", "CPU of " + monitor.name())
                    .put("metricValue", log.value())
                    .put("criticalThreshold", 90)
                    .put("warningThreshold", 70)
                    .put("monitorOperator", ">")
                    .put("duration", 3);
        }
        if (alert.hostId() != null) {
            Host host = hosts.get(alert.hostId());
            fields.putObject("host")
                    .put("id", host.id())
                    .put("name", host.name())
                    .put("url", "https://mackerel.io/orgs/" + org + "/hosts/" + host.id())
                    .put("status", host.status())
                    .put("memo", "")
                    .put("isRetired", false)
                    .putArray("roles");
        } else if (monitor.service() != null) {
            fields.putObject("service").put("id", "id-of-" + monitor.service()).put("name", monitor.service());
        }
        fields.putNull("imageUrl").put("memo", "Runbook of " + monitor.name()).putNull("user");
        return fields.toString().getBytes(StandardCharsets.UTF_8);
    }

    // --- serving

    private void serve(HttpExchange exchange) throws IOException {
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getRawQuery(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        Function<Request, Answer> fault = faults.poll();
        Answer answer = fault == null ? null : fault.apply(request);
        if (answer == null) {
            answer = answer(request, exchange.getRequestHeaders().getFirst("X-Api-Key"));
        }
        byte[] body = answer.body() instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : JSON.writeValueAsBytes(answer.body());
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized Answer answer(Request request, String key) {
        try {
            if (!KEY.equals(key) && !READ_ONLY_KEY.equals(key)) {
                throw new Refusal(401, "Authentication failed. Please try with valid Api Key.");
            }
            if (!request.method().equals("GET") && !KEY.equals(key)) {
                throw new Refusal(403, "Please try with an API key that has write permission.");
            }
            return new Answer(
                    200,
                    switch (request.method()) {
                        case "GET" -> got(request);
                        case "PUT" -> put(request);
                        case "POST" -> posted(request);
                        default -> throw notPlayed(request);
                    });
        } catch (Refusal refusal) {
            return refusal.answer;
        }
    }

    private Refusal notPlayed(Request request) {
        notPlayed.add(request.method() + " " + request.path());
        return new Refusal(404, "not found");
    }

    private Object got(Request request) {
        Map<String, List<String>> query = query(request);
        Matcher logs = LOGS.matcher(request.path());
        Matcher alert = ALERT.matcher(request.path());
        Matcher host = HOST.matcher(request.path());
        Matcher check = CHECK.matcher(request.path());
        if (logs.matches()) {
            return logs(found(logs.group(1)), query);
        }
        if (alert.matches()) {
            return found(alert.group(1)).json();
        }
        if (host.matches()) {
            Host known = hosts.get(host.group(1));
            if (known == null) {
                throw new Refusal(404, "host not found");
            }
            return Map.of("host", known.json());
        }
        Matcher single = MONITOR.matcher(request.path());
        if (single.matches()) {
            FakeMonitor known = monitors.get(single.group(1));
            if (known == null || known.type().equals("check")) {
                throw new Refusal(404, "monitor not found");
            }
            return Map.of("monitor", known.json());
        }
        if (check.matches()) {
            FakeMonitor known = monitors.get(check.group(1));
            if (known == null || !known.type().equals("check")) {
                throw new Refusal(404, "monitor not found");
            }
            return Map.of("check", Map.of("id", known.id(), "name", known.name()));
        }
        return switch (request.path()) {
            case "/api/v0/org" -> JSON.createObjectNode().put("name", org).putNull("displayName");
            case "/api/v0/alerts" -> alerts(query);
            case "/api/v0/monitors" ->
                Map.of(
                        "monitors",
                        monitors.values().stream()
                                .filter(monitor -> !monitor.type().equals("check"))
                                .map(FakeMonitor::json)
                                .toList());
            case "/api/v0/hosts" -> {
                List<String> statuses = query.getOrDefault("status", List.of("working", "standby"));
                yield Map.of(
                        "hosts",
                        hosts.values().stream()
                                .filter(it -> !it.isRetired() && statuses.contains(it.status()))
                                .map(Host::json)
                                .toList());
            }
            case "/api/v0/channels" -> Map.of("channels", channels.values());
            case "/api/v0/notification-groups" -> Map.of("notificationGroups", groups.values());
            case "/api/v0/alert-group-settings" -> Map.of("alertGroupSettings", alertGroupSettings);
            default -> throw notPlayed(request);
        };
    }

    private FakeAlert found(String id) {
        FakeAlert alert = alerts.get(id);
        if (alert == null || isForgetful) {
            throw new Refusal(404, "alert not found");
        }
        return alert;
    }

    /** The newest first, those of a page older than nextId. */
    private ObjectNode alerts(Map<String, List<String>> query) {
        int limit = limit(query);
        boolean withClosed = first(query, "withClosed").equals("true");
        List<FakeAlert> all = alerts.values().stream()
                .filter(alert -> withClosed || alert.isOpen())
                .sorted(Comparator.comparing(FakeAlert::openedAt)
                        .thenComparing(FakeAlert::id)
                        .reversed())
                .toList();
        return page("alerts", all, FakeAlert::id, FakeAlert::json, first(query, "nextId"), limit);
    }

    private static ObjectNode logs(FakeAlert alert, Map<String, List<String>> query) {
        List<FakeAlert.Log> newestFirst = new ArrayList<>(alert.logs());
        java.util.Collections.reverse(newestFirst);
        return page(
                "logs",
                newestFirst,
                FakeAlert.Log::id,
                log -> FakeAlert.json(log, alert.monitor()),
                first(query, "nextId"),
                limit(query));
    }

    private static <T> ObjectNode page(
            String name, List<T> all, Function<T, String> id, Function<T, ObjectNode> json, String next, int limit) {
        List<String> ids = all.stream().map(id).toList();
        int from = next.isEmpty() ? 0 : ids.indexOf(next) + 1;
        int to = Math.min(all.size(), from + limit);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray(name);
        all.subList(from, to).forEach(item -> items.add(json.apply(item)));
        if (to < all.size()) {
            answer.put("nextId", ids.get(to - 1));
        }
        return answer;
    }

    private static int limit(Map<String, List<String>> query) {
        int limit = query.containsKey("limit") ? Integer.parseInt(first(query, "limit")) : LARGEST_PAGE;
        if (limit > LARGEST_PAGE) {
            throw new Refusal(400, "limit is too large");
        }
        return limit;
    }

    private Object put(Request request) {
        Matcher alert = ALERT.matcher(request.path());
        if (!alert.matches()) {
            throw notPlayed(request);
        }
        String memo = body(request).path("memo").asText(null);
        if (memo == null) {
            throw new Refusal(400, "memo is required");
        }
        if (memo.getBytes(StandardCharsets.UTF_8).length > LARGEST_MEMO) {
            throw new Refusal(413, "memo is too large");
        }
        found(alert.group(1)).memo(memo);
        return Map.of("id", alert.group(1), "memo", memo);
    }

    private Object posted(Request request) {
        Matcher closing = CLOSING.matcher(request.path());
        if (closing.matches()) {
            return close(found(closing.group(1)), body(request).path("reason").asText(""));
        }
        Matcher posted = METRICS.matcher(request.path());
        if (!posted.matches()) {
            throw notPlayed(request);
        }
        Instant last = lastMetrics.get(posted.group(1));
        if (last != null && clock.instant().isBefore(last.plusSeconds(59))) {
            throw new Refusal(429, "Too many requests");
        }
        lastMetrics.put(posted.group(1), clock.instant());
        body(request).forEach(metrics::add);
        return Map.of("success", true);
    }

    private Object close(FakeAlert alert, String reason) {
        if (reason.isEmpty()) {
            throw new Refusal(400, "reason is required");
        }
        return alert.closedByHand(reason, clock.instant()).json();
    }

    private static JsonNode body(Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (IOException e) {
            throw new Refusal(400, "not JSON");
        }
    }

    private static Map<String, List<String>> query(Request request) {
        if (request.query() == null) {
            return Map.of();
        }
        return Arrays.stream(request.query().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.groupingBy(
                        pair -> pair[0],
                        Collectors.mapping(
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8), Collectors.toList())));
    }

    private static String first(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of("")).get(0);
    }
}
