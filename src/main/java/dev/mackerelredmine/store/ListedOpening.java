package dev.mackerelredmine.store;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An alert of a list. Times are milliseconds since 1970.
 *
 * @param issue Redmine's number of its ticket, or null
 * @param closedAt null: it is not over
 */
public record ListedOpening(
        String alertKey,
        Long issue,
        long openedAt,
        int severity,
        Long closedAt,
        String org,
        String monitor,
        String host,
        String services) {

    /** What it is about, in one line. */
    public String title() {
        String place = host.isEmpty()
                ? NamedSubject.names(services).stream().findFirst().orElse("")
                : host;
        return Stream.of(monitor, place).filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
    }
}
