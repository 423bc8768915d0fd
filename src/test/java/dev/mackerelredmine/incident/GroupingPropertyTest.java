package dev.mackerelredmine.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;

/** Whatever opens, and in whatever order it comes in: compared with a plain reading of the definition, over all alerts at once. */
@Tag("fast")
class GroupingPropertyTest {

    private static final Instant BEGIN = Instant.parse("2026-12-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final GroupingRules NEVER_TOO_OLD = new GroupingRules(3, WINDOW, Duration.ofDays(30), 10);
    private static final GroupingRules RULES = new GroupingRules(3, WINDOW, Duration.ofMinutes(40), 10);

    /** Openings in minutes since the begin, each of one of six problems. */
    @Provide
    Arbitrary<List<Opening>> openings() {
        Arbitrary<int[]> one = Arbitraries.integers()
                .between(0, 200)
                .flatMap(minute -> Arbitraries.integers().between(1, 6).map(problem -> new int[] {minute, problem}));
        return one.list()
                .ofMaxSize(25)
                .map(all -> IntStream.range(0, all.size())
                        .mapToObj(i -> new Opening(i + 1, all.get(i)[1], BEGIN.plus(Duration.ofMinutes(all.get(i)[0]))))
                        .toList());
    }

    @Property(tries = 2000)
    void whatever_the_order_an_alert_is_in_an_incident_as_far_as_its_run_is_one(
            @ForAll("openings") List<Opening> openings, @ForAll long seed) {
        List<Opening> arriving = new ArrayList<>(openings);
        Collections.shuffle(arriving, new Random(seed));
        Incidents made = new Incidents(NEVER_TOO_OLD);
        arriving.forEach(made::arrives);

        List<Set<Long>> runs = runsThatAreIncidents(openings);
        Set<Long> grouped = runs.stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(made.members.keySet()).isEqualTo(grouped);
        // Where a late one joined two to one run, both stay.
        assertThat(made.groups()).allSatisfy(group -> assertThat(runs).anyMatch(run -> run.containsAll(group)));
        if (!made.joinedTwo) {
            assertThat(new HashSet<>(made.groups())).isEqualTo(new HashSet<>(runs));
        }
    }

    @Property(tries = 2000)
    void none_of_an_incident_opened_too_long_after_its_first(
            @ForAll("openings") List<Opening> openings, @ForAll long seed) {
        List<Opening> arriving = new ArrayList<>(openings);
        Collections.shuffle(arriving, new Random(seed));
        Incidents made = new Incidents(RULES);
        arriving.forEach(made::arrives);

        assertThat(made.groups()).allSatisfy(group -> {
            List<Instant> times = openings.stream()
                    .filter(each -> group.contains(each.alert()))
                    .map(Opening::at)
                    .sorted()
                    .toList();
            assertThat(Duration.between(times.get(0), times.get(times.size() - 1)))
                    .isLessThanOrEqualTo(RULES.maxAge());
            assertThat(isDense(openings.stream()
                            .filter(each -> group.contains(each.alert()))
                            .toList()))
                    .isTrue();
        });
        assertThat(isDense(openings.stream()
                        .filter(each -> !made.members.containsKey(each.alert()))
                        .toList()))
                .as("nothing that makes an incident is left")
                .isFalse();
    }

    /** What the store does with the results. */
    private static final class Incidents {
        private final Grouping grouping;
        private final GroupingRules rules;
        private final List<Opening> alone = new ArrayList<>();
        private final Map<Long, Long> members = new HashMap<>();
        private final Map<Long, Span> spans = new HashMap<>();
        private boolean joinedTwo;

        Incidents(GroupingRules rules) {
            this.rules = rules;
            this.grouping = new Grouping(rules);
        }

        void arrives(Opening opening) {
            Grouping.Result result = grouping.of(opening, List.copyOf(spans.values()), alone);
            alone.add(opening);
            if (result.isAlone()) {
                return;
            }
            long incident = result.makesOne() ? spans.size() + 1L : result.incident();
            for (Opening member : result.members()) {
                members.put(member.alert(), incident);
                alone.remove(member);
                spans.merge(
                        incident,
                        new Span(incident, member.at(), member.at()),
                        (before, one) -> before.with(one.first()));
            }
            Span now = spans.get(incident);
            joinedTwo |= spans.values().stream()
                    .anyMatch(other -> other.incident() != incident
                            && (now.takes(other.first(), rules)
                                    || now.takes(other.last(), rules)
                                    || other.takes(now.first(), rules)));
        }

        List<Set<Long>> groups() {
            return List.copyOf(members.entrySet().stream()
                    .collect(Collectors.groupingBy(
                            Map.Entry::getValue,
                            Collectors.mapping(Map.Entry::getKey, Collectors.toCollection(TreeSet::new))))
                    .values());
        }
    }

    // --- the definition, over all at once

    private static List<Set<Long>> runsThatAreIncidents(List<Opening> openings) {
        List<List<Opening>> runs = new ArrayList<>();
        Instant last = null;
        for (Opening each : inOrder(openings)) {
            if (last == null || each.at().isAfter(last.plus(WINDOW))) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(each);
            last = each.at();
        }
        return runs.stream()
                .filter(GroupingPropertyTest::isDense)
                .map(run -> run.stream()
                        .map(Opening::alert)
                        .collect(Collectors.<Long, Set<Long>>toCollection(TreeSet::new)))
                .toList();
    }

    /** Whether three different problems open within one window. */
    private static boolean isDense(List<Opening> run) {
        return run.stream()
                .anyMatch(first -> run.stream()
                                .filter(each -> !each.at().isBefore(first.at())
                                        && !each.at().isAfter(first.at().plus(WINDOW)))
                                .map(Opening::problem)
                                .distinct()
                                .count()
                        >= 3);
    }

    private static List<Opening> inOrder(List<Opening> openings) {
        return openings.stream()
                .sorted(Comparator.comparing(Opening::at).thenComparing(Opening::alert))
                .toList();
    }
}
