package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.Notification;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What an alert is about, by its names. Each service and role stands between two line breaks, so that it can be found as a whole. */
public record NamedSubject(String org, String monitor, String metric, String host, String services, String roles) {

    static NamedSubject of(Notification notification) {
        return new NamedSubject(
                text(notification.orgName()),
                text(notification.alert().monitorName()),
                text(notification.alert().metricLabel()),
                notification.host() == null ? "" : text(notification.host().name()),
                list(notification.serviceNames()),
                list(notification.roleNames()));
    }

    private static String text(String name) {
        return Objects.requireNonNullElse(name, "");
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "" : "\n" + String.join("\n\n", names) + "\n";
    }

    /** As a name is looked for; empty stays empty. */
    static String item(String name) {
        return name.isEmpty() ? "" : "\n" + name + "\n";
    }

    static List<String> names(String list) {
        return Stream.of(list.split("\n")).filter(name -> !name.isEmpty()).toList();
    }
}
