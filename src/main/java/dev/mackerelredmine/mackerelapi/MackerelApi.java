package dev.mackerelredmine.mackerelapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Mackerel's API v0, as far as we use it: https://mackerel.io/api-docs/. A list is whole, or an exception: what was cut never looks like all
 * there is. Each request counts in the budget first.
 */
public final class MackerelApi {

    /** The most that a page may hold (api-docs/alerts "List Alerts": 400 above it). */
    static final int PAGE = 100;

    /** Longer than that, a list is something to catch up with. */
    private static final int PAGES_AT_REST = 5;

    private final MackerelHttp http;
    private final RequestBudget budget;
    private final Take take;

    /** Counts one request. */
    private interface Take {
        void one() throws MackerelException;
    }

    public MackerelApi(String address, String key, RequestBudget budget, RequestObserver observer) {
        this(new MackerelHttp(address, key, observer), budget, budget::take);
    }

    private MackerelApi(MackerelHttp http, RequestBudget budget, Take take) {
        this.http = http;
        this.budget = budget;
        this.take = take;
    }

    /** The same for what is done beside polls, whose requests are counted, and never refused. */
    public MackerelApi besidePolls() {
        return new MackerelApi(http, budget, budget::takeBeside);
    }

    /** The name of the organization whose key it is. */
    public String organization() throws MackerelException {
        String name = get("/api/v0/org").path("name").asText("");
        if (name.isBlank()) {
            throw new MackerelException(Kind.UNEXPECTED, "GET /api/v0/org at Mackerel was answered without a name");
        }
        return name;
    }

    /** All that are open. */
    public List<ApiAlert> openAlerts() throws MackerelException {
        return alerts("", Instant.MIN);
    }

    /** All that opened at this time or later, open and closed ones. */
    public List<ApiAlert> alertsSince(Instant opened) throws MackerelException {
        return alerts("&withClosed=true", opened);
    }

    private List<ApiAlert> alerts(String which, Instant opened) throws MackerelException {
        Map<String, ApiAlert> all = new LinkedHashMap<>();
        String next = null;
        int pages = 0;
        do {
            if (++pages > PAGES_AT_REST) {
                budget.catchUp();
            }
            Page<ApiAlert> page = page("/api/v0/alerts?limit=" + PAGE + which, next, "alerts", ApiAlert.class);
            // A page may begin with the one that the last page ended with.
            page.items().stream()
                    .filter(alert -> !alert.opened().isBefore(opened))
                    .forEach(alert -> all.put(alert.id(), alert));
            boolean isPast =
                    page.items().stream().anyMatch(alert -> alert.opened().isBefore(opened));
            next = isPast ? null : page.next();
        } while (next != null);
        return List.copyOf(all.values());
    }

    public ApiAlert alert(String id) throws MackerelException {
        return read(get("/api/v0/alerts/" + encoded(id)), ApiAlert.class);
    }

    /** The last changes of an alert's status, as many as fit on a page, the newest first. */
    public List<ApiLog> logs(String id) throws MackerelException {
        return page("/api/v0/alerts/" + encoded(id) + "/logs?limit=" + PAGE, null, "logs", ApiLog.class)
                .items();
    }

    /** All but checks. */
    public List<ApiMonitor> monitors() throws MackerelException {
        return list("/api/v0/monitors", "monitors", ApiMonitor.class);
    }

    /** One that is no check. */
    public ApiMonitor monitor(String id) throws MackerelException {
        return read(get("/api/v0/monitors/" + encoded(id)).path("monitor"), ApiMonitor.class);
    }

    /** A check. */
    public ApiMonitor check(String id) throws MackerelException {
        return read(get("/api/v0/monitoring/checks/" + encoded(id)).path("check"), ApiMonitor.class);
    }

    /** Those that are not retired, whatever their status. */
    public List<ApiHost> hosts() throws MackerelException {
        return list(
                "/api/v0/hosts?status=working&status=standby&status=maintenance&status=poweroff",
                "hosts",
                ApiHost.class);
    }

    /** Also one that is retired. */
    public ApiHost host(String id) throws MackerelException {
        return read(get("/api/v0/hosts/" + encoded(id)).path("host"), ApiHost.class);
    }

    public List<ApiChannel> channels() throws MackerelException {
        return list("/api/v0/channels", "channels", ApiChannel.class);
    }

    public List<ApiNotificationGroup> notificationGroups() throws MackerelException {
        return list("/api/v0/notification-groups", "notificationGroups", ApiNotificationGroup.class);
    }

    public List<ApiAlertGroupSetting> alertGroupSettings() throws MackerelException {
        return list("/api/v0/alert-group-settings", "alertGroupSettings", ApiAlertGroupSetting.class);
    }

    /** Puts this in place of the whole memo. */
    public void putMemo(String alertId, String memo) throws MackerelException {
        send("PUT", "/api/v0/alerts/" + encoded(alertId), Map.of("memo", memo));
    }

    public void closeAlert(String alertId, String reason) throws MackerelException {
        send("POST", "/api/v0/alerts/" + encoded(alertId) + "/close", Map.of("reason", reason));
    }

    /** @param values by the metrics' names */
    public void postServiceMetrics(String service, Instant at, Map<String, Number> values) throws MackerelException {
        List<Map<String, Object>> metrics = new ArrayList<>();
        values.forEach((name, value) -> metrics.add(Map.of("name", name, "time", at.getEpochSecond(), "value", value)));
        send("POST", "/api/v0/services/" + encoded(service) + "/tsdb", metrics);
    }

    private JsonNode get(String path) throws MackerelException {
        take.one();
        return http.get(path);
    }

    private void send(String method, String path, Object body) throws MackerelException {
        take.one();
        http.send(method, path, body);
    }

    private <T> List<T> list(String path, String name, Class<T> type) throws MackerelException {
        return items(get(path), path, name, type);
    }

    private <T> Page<T> page(String path, String from, String name, Class<T> type) throws MackerelException {
        JsonNode answer = get(from == null ? path : path + "&nextId=" + encoded(from));
        return new Page<>(items(answer, path, name, type), answer.path("nextId").asText(null));
    }

    private static <T> List<T> items(JsonNode answer, String path, String name, Class<T> type)
            throws MackerelException {
        if (!answer.path(name).isArray()) {
            throw new MackerelException(
                    Kind.UNEXPECTED,
                    "GET " + path.replaceFirst("\\?.*", "") + " at Mackerel was answered without " + name);
        }
        List<T> items = new ArrayList<>();
        for (JsonNode item : answer.path(name)) {
            items.add(read(item, type));
        }
        return items;
    }

    private static <T> T read(JsonNode json, Class<T> type) throws MackerelException {
        try {
            T made = MackerelHttp.JSON.treeToValue(json, type);
            if (made != null) {
                return made;
            }
        } catch (JsonProcessingException e) {
            throw new MackerelException(
                    Kind.UNEXPECTED,
                    "Mackerel answered something that is not as it documents it: " + e.getOriginalMessage(),
                    null,
                    e);
        }
        throw new MackerelException(Kind.UNEXPECTED, "Mackerel answered nothing where something was to be");
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
