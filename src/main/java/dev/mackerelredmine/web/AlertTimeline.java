package dev.mackerelredmine.web;

import dev.mackerelredmine.web.AlertView.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What matters of an alert's life, in the order of time: opened, ticket, pages, acknowledged, over.
 *
 * @param unacknowledged which part of its life, in percent, passed until somebody had it, from its beginning on
 */
public record AlertTimeline(List<Moment> moments, double unacknowledged) {

    private static final Set<String> GETS_A_TICKET = Set.of("create", "adopt", "reopen", "join");
    private static final Set<String> ACKNOWLEDGES = Set.of("acknowledge", "closed-by-person");
    private static final Set<String> GIVES_AWAY = Set.of("hand-over", "taken-back");
    private static final Set<String> SENT = Set.of("accepted", "answered");

    /** What says how an alert went on, to the ticket or to whoever was paged before: nobody is called by it. */
    private static final Set<String> TO_NOBODY = Set.of("over", "round");

    /**
     * @param what {@code opened, ticket, page, acknowledged, hand-over, taken-back} or {@code over}
     * @param who was paged, and by what; null: no page
     * @param after how long after the opening
     * @param place in percent of the whole
     */
    public record Moment(String what, String who, Instant at, Duration after, double place) {}

    private record Found(String what, String who, Instant at) {}

    public AlertTimeline {
        moments = List.copyOf(moments);
    }

    /** @param now where it ends as long as it is not over */
    static AlertTimeline of(AlertView alert, Instant now) {
        List<Found> found = new ArrayList<>();
        first(alert, AlertTimeline::isOpening).ifPresent(entry -> found.add(new Found("opened", null, time(entry))));
        first(alert, entry -> isStep(entry, GETS_A_TICKET))
                .ifPresent(entry -> found.add(new Found("ticket", null, entry.at())));
        Instant acknowledged = acknowledged(alert);
        if (acknowledged != null) {
            // Somebody may have had the ticket before the alert came to it.
            Instant from = found.isEmpty() ? acknowledged : found.get(0).at();
            found.add(new Found("acknowledged", null, acknowledged.isBefore(from) ? from : acknowledged));
        }
        alert.entries().stream()
                .filter(entry -> isStep(entry, GIVES_AWAY))
                .forEach(entry -> found.add(new Found(entry.action(), null, entry.at())));
        alert.escalations().stream()
                .flatMap(escalation -> escalation.pages().stream())
                .filter(page -> SENT.contains(page.state()) && !TO_NOBODY.contains(page.kind()))
                .forEach(page -> found.add(new Found("page", page.person() + " (" + page.means() + ")", page.at())));
        last(alert)
                .filter(entry -> "ok".equals(entry.status()))
                .ifPresent(entry -> found.add(new Found("over", null, time(entry))));
        found.sort(Comparator.comparing(Found::at));
        return found.isEmpty() ? new AlertTimeline(List.of(), 0) : placed(found, now);
    }

    /** As figures have it; they do not count incidents. */
    private static Instant acknowledged(AlertView alert) {
        return alert.people().isCounted()
                ? alert.people().firstAcknowledged()
                : first(alert, entry -> isStep(entry, ACKNOWLEDGES))
                        .map(Entry::at)
                        .orElse(null);
    }

    private static AlertTimeline placed(List<Found> found, Instant now) {
        Instant from = found.get(0).at();
        boolean isOver = found.stream().anyMatch(moment -> moment.what().equals("over"));
        Instant last = found.get(found.size() - 1).at();
        double whole = Math.max(
                1,
                Duration.between(
                                from,
                                isOver
                                        ? last
                                        : Stream.of(last, now)
                                                .max(Comparator.naturalOrder())
                                                .orElseThrow())
                        .toMillis());
        List<Moment> moments = found.stream()
                .map(moment -> {
                    Duration after = Duration.between(from, moment.at());
                    return new Moment(moment.what(), moment.who(), moment.at(), after, 100 * after.toMillis() / whole);
                })
                .toList();
        double unacknowledged = moments.stream()
                .filter(moment -> moment.what().equals("acknowledged"))
                .mapToDouble(Moment::place)
                .findFirst()
                .orElse(100);
        return new AlertTimeline(moments, unacknowledged);
    }

    private static boolean isOpening(Entry entry) {
        return entry.status() != null && !"ok".equals(entry.status());
    }

    private static boolean isStep(Entry entry, Set<String> actions) {
        return entry.action() != null && actions.contains(entry.action());
    }

    private static Optional<Entry> first(AlertView alert, Predicate<Entry> which) {
        return alert.entries().stream().filter(which).findFirst();
    }

    /** The last event that says how it stands. */
    private static Optional<Entry> last(AlertView alert) {
        return alert.entries().stream().filter(entry -> entry.status() != null).reduce((one, other) -> other);
    }

    /** By Mackerel's clock, where that is known. */
    private static Instant time(Entry entry) {
        return entry.happened() == null ? entry.at() : entry.happened();
    }
}
