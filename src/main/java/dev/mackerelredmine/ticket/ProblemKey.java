package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.Notification;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The same fault of the same thing, whatever the alert's id: organization, monitor, metric, host or service, and a query's labels. */
public record ProblemKey(String text) {

    private static final int PARTS = 5;
    private static final int LABEL = 2;

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

    /** What the keys of all problems of the same monitor begin with. */
    public String beginning() {
        return text.substring(0, text.indexOf('\n', text.indexOf('\n') + 1) + 1);
    }

    /**
     * The metric's label, of a problem whose key was made without one: where exactly one of the problems that are known differs from it in the
     * label alone.
     */
    public Optional<String> labelAmong(List<String> keys) {
        String[] own = text.split("\n", -1);
        List<String> labels = keys.stream()
                .map(key -> key.split("\n", -1))
                .filter(key -> key.length == PARTS && own.length == PARTS)
                .filter(key -> IntStream.range(0, PARTS).allMatch(i -> i == LABEL || key[i].equals(own[i])))
                .map(key -> key[LABEL])
                .distinct()
                .toList();
        return labels.size() == 1 && !labels.get(0).isEmpty() ? Optional.of(labels.get(0)) : Optional.empty();
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
