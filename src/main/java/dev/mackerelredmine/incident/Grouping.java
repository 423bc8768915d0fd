package dev.mackerelredmine.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides to which incident an alert belongs. Alerts of which each opened within a window of the one before are a run; a run in which enough
 * different problems opened within one window is an incident, and takes all of the run. Only the alerts' own times count, so a backlog is
 * grouped as it would have been live, in whatever order it comes. What is grouped stays so: where a late alert joins two incidents to one run,
 * they stay two.
 */
public final class Grouping {

    private static final Comparator<Opening> IN_ORDER =
            Comparator.comparing(Opening::at).thenComparing(Opening::alert);

    private final GroupingRules rules;

    public Grouping(GroupingRules rules) {
        this.rules = rules;
    }

    /**
     * To which incident an alert belongs, and which alerts come with it that belonged to none.
     *
     * @param incident the store's number; null: one that is made now
     * @param members the alert itself and those that come with it, the first that opened first; empty: it belongs to none
     */
    public record Result(Long incident, List<Opening> members) {

        static final Result ALONE = new Result(null, List.of());

        public Result {
            members = List.copyOf(members);
        }

        public boolean isAlone() {
            return members.isEmpty();
        }

        public boolean makesOne() {
            return incident == null && !isAlone();
        }
    }

    /**
     * @param alert that opens
     * @param incidents of the same grouping key
     * @param alone alerts of the same grouping key that belong to no incident
     */
    public Result of(Opening alert, List<Span> incidents, List<Opening> alone) {
        List<Opening> others = alone.stream()
                .filter(other -> other.alert() != alert.alert())
                .sorted(IN_ORDER)
                .toList();
        Optional<Span> incident = incidents.stream()
                .filter(span -> span.takes(alert.at(), rules))
                .min(Comparator.comparing(Span::first).thenComparing(Span::incident));
        if (incident.isPresent()) {
            Span span = incident.get().with(alert.at());
            return new Result(span.incident(), together(alert, comingWith(span, others)));
        }
        return firstDense(alert, others)
                .map(seed -> new Result(null, together(seed, comingWith(span(seed), without(others, seed)))))
                .orElse(Result.ALONE);
    }

    /** The first window around the alert in which enough different problems opened. */
    private Optional<List<Opening>> firstDense(Opening alert, List<Opening> others) {
        List<Opening> all = together(alert, others);
        return all.stream()
                .filter(first -> !first.at().isAfter(alert.at())
                        && !first.at().plus(rules.window()).isBefore(alert.at()))
                .map(first -> all.stream()
                        .filter(each -> !each.at().isBefore(first.at())
                                && !each.at().isAfter(first.at().plus(rules.window())))
                        .toList())
                .filter(window ->
                        window.stream().map(Opening::problem).distinct().count() >= rules.after())
                .findFirst();
    }

    /** Those that the span takes, and then those that it takes with them, and so on: nearest first, so that the oldest are cut off by age. */
    private List<Opening> comingWith(Span begun, List<Opening> others) {
        List<Opening> left = new ArrayList<>(others);
        List<Opening> taken = new ArrayList<>();
        Span span = begun;
        while (true) {
            Span now = span;
            Optional<Opening> next = left.stream()
                    .filter(each -> now.takes(each.at(), rules))
                    .min(Comparator.comparing((Opening each) -> distance(now, each.at()))
                            .thenComparing(IN_ORDER));
            if (next.isEmpty()) {
                return taken;
            }
            taken.add(next.get());
            left.remove(next.get());
            span = span.with(next.get().at());
        }
    }

    private static long distance(Span span, Instant at) {
        long before = span.first().toEpochMilli() - at.toEpochMilli();
        long after = at.toEpochMilli() - span.last().toEpochMilli();
        return Math.max(0, Math.max(before, after));
    }

    private static Span span(List<Opening> members) {
        return new Span(0, members.get(0).at(), members.get(members.size() - 1).at());
    }

    private static List<Opening> without(List<Opening> all, List<Opening> some) {
        return all.stream().filter(each -> !some.contains(each)).toList();
    }

    private static List<Opening> together(Opening one, List<Opening> others) {
        return together(List.of(one), others);
    }

    private static List<Opening> together(List<Opening> some, List<Opening> others) {
        return Stream.concat(some.stream(), others.stream()).sorted(IN_ORDER).toList();
    }
}
