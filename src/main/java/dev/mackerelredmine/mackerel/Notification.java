package dev.mackerelredmine.mackerel;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Mackerel posts to a webhook. What is absent is null, and what is not named here is still in {@code json}.
 * Made by {@link NotificationReader}, which sees to it that an alert has a status.
 *
 * @param event {@code alert}, {@code sample}, {@code hostStatus}, … or a kind that does not exist yet; never null:
 *     a notification with an alert and without a kind is an {@code alert}, one with neither has the empty kind
 * @param alert what fires or has recovered: an alert, or a group of alerts in the same shape
 * @param type what kind of monitor it was: {@code host}, {@code external}, {@code check}, …
 * @param fromStatus what the host's status was before, in a {@code hostStatus}
 * @param memo the monitor's memo, or the group setting's
 * @param series what a query monitor watched: a name and labels. Where Mackerel puts it is not documented, so it is taken
 *     under its name in the API and under "metric", or else from the alert, in whatever shape
 * @param json the whole notification, outside of any envelope, as one line of well-formed JSON
 */
public record Notification(
        String orgName,
        String event,
        String type,
        String message,
        Alert alert,
        AlertGroup alertGroup,
        AlertGroup.Setting alertGroupSetting,
        Host host,
        String fromStatus,
        Service service,
        String imageUrl,
        String memo,
        User user,
        @JsonAlias("metric") JsonNode series,
        String json) {

    public Notification {
        if (event == null || event.isBlank()) {
            event = alert == null ? "" : "alert";
        }
        if (alert == null && alertGroup != null && alertGroup.status() != null) {
            alert = alertGroup.asAlert(alertGroupSetting);
        }
        if ((series == null || series.isNull()) && alert != null) {
            series = alert.series();
        }
        if (memo == null && alertGroupSetting != null) {
            memo = alertGroupSetting.memo();
        }
    }

    /** All services that the notification has to do with: its own, and those in which its host has a role. */
    public List<String> serviceNames() {
        Stream<String> own = Stream.ofNullable(service).map(Service::name);
        return Stream.concat(own, roles().map(Role::serviceName))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** The full names of its host's roles, as in {@code Shop: web}. */
    public List<String> roleNames() {
        return roles().map(Role::fullname).filter(Objects::nonNull).toList();
    }

    private Stream<Role> roles() {
        return host == null ? Stream.empty() : host.roles().stream();
    }

    /** The labels of a query monitor's series by their names, in the names' order; null where there are none. */
    public Map<String, String> seriesLabels() {
        JsonNode labels = series == null ? null : series.get("labels");
        if (labels == null || !labels.isObject() || labels.isEmpty()) {
            return null;
        }
        Map<String, String> byName = new TreeMap<>();
        labels.properties().forEach(label -> byName.put(label.getKey(), text(label.getValue())));
        return byName;
    }

    /** The name of a query monitor's series, or null. */
    public String seriesName() {
        JsonNode name = series == null ? null : series.get("name");
        return name == null || !name.isTextual() ? null : name.textValue();
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** What the alarm is about, for people: the host's name, else the service's, else the empty string. */
    public String alarmHost() {
        return Stream.of(host == null ? null : host.name(), service == null ? null : service.name())
                .filter(Objects::nonNull)
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse("");
    }
}
