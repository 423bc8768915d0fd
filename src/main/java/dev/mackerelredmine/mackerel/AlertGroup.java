package dev.mackerelredmine.mackerel;

/**
 * A group of alerts, of which Mackerel tells neither the members nor whether it is open. What is absent is null.
 *
 * @param createdAt in seconds since 1970 (an alert's are milliseconds), as {@code closedAt}
 */
public record AlertGroup(String id, AlertStatus status, String url, Long createdAt, Long closedAt) {

    /** What was set up to be grouped. What is absent is null. */
    public record Setting(String id, String name, String memo, String url) {}

    /** The group in the shape of an alert, whose monitor is the group's setting: it makes and follows a ticket as one. */
    Alert asAlert(Setting setting) {
        return new Alert(
                id,
                status,
                null,
                null,
                url,
                createdAt,
                closedAt,
                null,
                null,
                setting == null ? null : setting.name(),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
