package dev.mackerelredmine.mackerelapi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which alerts go to which channels. Lists are never null.
 *
 * @param type {@code default} for the one that gets what no monitor keeps from it. The documents do not say so; mackerel-client-go does
 *     (NotificationGroupTypeGroupDefault)
 * @param notificationLevel {@code all} or {@code critical}
 */
public record ApiNotificationGroup(
        String id,
        String type,
        String name,
        String notificationLevel,
        List<String> childNotificationGroupIds,
        List<String> childChannelIds,
        List<Monitor> monitors,
        List<Service> services) {

    private static final String DEFAULT = "default";

    /** @param skipDefault whether its alerts go to this group only */
    public record Monitor(String id, boolean skipDefault) {}

    /** All alerts of a service. */
    public record Service(String name) {}

    public ApiNotificationGroup {
        childNotificationGroupIds = orNone(childNotificationGroupIds);
        childChannelIds = orNone(childChannelIds);
        monitors = orNone(monitors);
        services = orNone(services);
    }

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    /** Where it has no type, by its name: an organization cannot change that. */
    public boolean isDefault() {
        return type == null
                ? DEFAULT.equalsIgnoreCase(name)
                : type.toLowerCase(java.util.Locale.ROOT).contains(DEFAULT);
    }

    public boolean isCriticalOnly() {
        return "critical".equals(notificationLevel);
    }

    public Optional<Monitor> monitor(String monitorId) {
        return monitors.stream()
                .filter(monitor -> monitor.id().equals(monitorId))
                .findFirst();
    }
}
