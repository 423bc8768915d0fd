package dev.mackerelredmine.mackerelapi;

import java.util.List;

/**
 * A notification channel. Its address may hold a key, so it is shown nowhere.
 *
 * @param url of a webhook, else null
 * @param events of which events it gets posts: {@code alert}, {@code alertGroup}, …; never null
 * @param suspendedAt in seconds since 1970; null where it is not suspended
 */
public record ApiChannel(String id, String name, String type, String url, List<String> events, Long suspendedAt) {

    public ApiChannel {
        events = events == null ? List.of() : events;
    }

    public boolean isWebhook() {
        return "webhook".equals(type) && url != null;
    }

    public boolean getsAlerts() {
        return events.contains("alert");
    }

    public boolean getsAlertGroups() {
        return events.contains("alertGroup");
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
