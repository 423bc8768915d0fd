package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.store.KnownAlert;
import dev.mackerelredmine.ticket.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * In what Mackerel's lists differ from what came in.
 *
 * @param unknown nothing came in of these: the most severe first, then the oldest
 * @param changed the last that came in of these has another status
 * @param onlyEnded of these only the end came in
 * @param ended these fire, by what came in, and are in no list
 */
record Differences(List<ApiAlert> unknown, List<ApiAlert> changed, List<ApiAlert> onlyEnded, List<KnownAlert> ended) {

    private static final Comparator<ApiAlert> MOST_SEVERE_FIRST = Comparator.comparingInt(
                    (ApiAlert alert) -> -Severity.of(alert.status()))
            .thenComparing(ApiAlert::opened);

    /**
     * @param there what is listed at Mackerel, by its id
     * @param known what is known of these, by the same ids
     * @param firing all that fire, by what came in
     * @param isLeftAlone what is not looked at
     * @param settledBy of what is younger, a webhook may be under way
     */
    static Differences between(
            Map<String, ApiAlert> there,
            Map<String, KnownAlert> known,
            List<KnownAlert> firing,
            Predicate<ApiAlert> isLeftAlone,
            Instant settledBy) {
        List<ApiAlert> looked =
                there.values().stream().filter(isLeftAlone.negate()).toList();
        List<ApiAlert> alreadyKnown =
                looked.stream().filter(alert -> known.containsKey(alert.id())).toList();
        return new Differences(
                looked.stream()
                        .filter(alert -> !known.containsKey(alert.id()))
                        .filter(alert -> !alert.opened().isAfter(settledBy))
                        .sorted(MOST_SEVERE_FIRST)
                        .toList(),
                alreadyKnown.stream()
                        .filter(alert -> known.get(alert.id()).status() != alert.status())
                        .toList(),
                alreadyKnown.stream()
                        .filter(ApiAlert::isClosed)
                        .filter(alert -> isOnlyEnded(known.get(alert.id())))
                        .toList(),
                firing.stream()
                        .filter(alert -> !there.containsKey(alert.alertKey()))
                        .filter(alert -> !alert.since().isAfter(settledBy))
                        .toList());
    }

    private static boolean isOnlyEnded(KnownAlert known) {
        return known.status() == AlertStatus.OK && !known.hasFired();
    }

    boolean areNone() {
        return unknown.isEmpty() && changed.isEmpty() && onlyEnded.isEmpty() && ended.isEmpty();
    }
}
