package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.Notification;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The same fault of the same thing, whatever the alert's id: organization, monitor, metric, host or service, and a query's labels. */
public record ProblemKey(String text) {

    public static ProblemKey of(Notification notification) {
        return new ProblemKey(Keys.indexed(Stream.of(
                        notification.orgName(),
                        notification.alert().monitorName(),
                        notification.alert().metricLabel(),
                        Keys.place(notification),
                        labels(notification))
                .map(Keys::part)
                .collect(Collectors.joining("\n"))));
    }

    private static String labels(Notification notification) {
        return notification.series() == null
                ? null
                : Objects.toString(notification.series().get("labels"), null);
    }

    @Override
    public String toString() {
        return text;
    }
}
