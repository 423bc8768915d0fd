package dev.mackerelredmine.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Whatever happened, figures are what their definitions say, each worked out by itself from the whole list. */
@Tag("fast")
class TrendsPropertyTest {

    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Asia/Tokyo"), ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("Australia/Lord_Howe"));
    private static final long HOUR = 3_600_000;

    @Property(tries = 300)
    void figures_are_what_a_plain_recomputation_finds(@ForAll long seed) {
        Random random = new Random(seed);
        ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
        // Clocks are changed within it.
        LocalDate first = LocalDate.of(2026, 10, 1).plusDays(random.nextInt(30));
        Period period = new Period(first, first.plusDays(1 + random.nextInt(10)), zone);
        Instant now = Instant.ofEpochMilli(period.end());
        List<Opening> history = history(random, period);
        List<SentPage> pages = pages(random, period);

        TrendsTally tally = new TrendsTally(period, now);
        history.forEach(tally::add);
        pages.forEach(tally::add);
        Trends trends = tally.trends();

        check(trends.numbers(), ofPeriod(history, period), now);
        check(trends.numbersBefore(), ofPeriod(history, period.before()), now);
        checkLists(trends.numbers(), ofPeriod(history, period), period, now);
        checkLists(trends.numbersBefore(), ofPeriod(history, period.before()), period, now);
        checkListsOfTables(trends, ofPeriod(history, period), now);
        checkTables(trends, ofPeriod(history, period), ofPeriod(history, period.before()));
        checkPages(trends, pages, period);
    }

    private static List<Opening> history(Random random, Period period) {
        int problems = 1 + random.nextInt(6);
        List<Opening> history = new ArrayList<>();
        long length = period.end() - period.before().begin();
        int alerts = random.nextInt(120);
        for (int id = 1; id <= alerts; id++) {
            long openedAt = period.before().begin() + (long) (random.nextDouble() * length);
            long closedAt = random.nextInt(5) == 0 ? -1 : openedAt + (long) (random.nextDouble() * HOUR / 4);
            long acknowledgedAt = random.nextInt(2) == 0 ? -1 : openedAt + random.nextInt((int) HOUR) - HOUR / 10;
            history.add(new Opening(
                    id,
                    1 + random.nextInt(problems),
                    openedAt,
                    1 + random.nextInt(3),
                    closedAt,
                    closedAt != -1 && random.nextInt(4) == 0,
                    random.nextInt(9) == 0 ? -1 : openedAt + random.nextInt(90_000) - 2_000,
                    acknowledgedAt,
                    List.of("noise", "useful", "").get(random.nextInt(3))));
        }
        return history.stream()
                .map(it -> it.verdict().isEmpty() ? withoutVerdict(it) : it)
                .sorted(Comparator.comparingLong(Opening::openedAt))
                .toList();
    }

    private static Opening withoutVerdict(Opening it) {
        return new Opening(
                it.alert(),
                it.subject(),
                it.openedAt(),
                it.severity(),
                it.closedAt(),
                it.byHand(),
                it.ticketAt(),
                it.acknowledgedAt(),
                null);
    }

    private static List<SentPage> pages(Random random, Period period) {
        long length = period.end() - period.before().begin();
        return random.ints(random.nextInt(40), 0, 3)
                .mapToObj(rota -> new SentPage(
                        1,
                        3,
                        period.before().begin() + (long) (random.nextDouble() * length),
                        List.of("", "primary", "backup").get(rota)))
                .toList();
    }

    private static List<Opening> ofPeriod(List<Opening> history, Period period) {
        return history.stream()
                .filter(it -> {
                    LocalDate day = local(it.openedAt(), period.zone()).toLocalDate();
                    return !day.isBefore(period.from()) && day.isBefore(period.to());
                })
                .toList();
    }

    private static ZonedDateTime local(long millis, ZoneId zone) {
        return Instant.ofEpochMilli(millis).atZone(zone);
    }

    private static void check(Numbers found, List<Opening> alerts, Instant now) {
        long fiveMinutes = 300_000;
        Predicate<Opening> isAcknowledged = it -> it.acknowledgedAt() != -1;
        Predicate<Opening> isOver = it -> it.closedAt() != -1;
        Predicate<Opening> lived =
                it -> (isOver.test(it) ? it.closedAt() : now.toEpochMilli()) - it.openedAt() >= fiveMinutes;
        Set<Long> flapping = flapping(alerts);

        assertThat(found)
                .isEqualTo(new Numbers(
                        alerts.size(),
                        count(alerts, it -> it.severity() == 1),
                        count(alerts, it -> it.severity() == 2),
                        count(alerts, it -> it.severity() == 3),
                        count(alerts, isOver.negate()),
                        spread(alerts, it -> it.ticketAt() != -1, it -> it.ticketAt() - it.openedAt()),
                        count(alerts, lived.or(isAcknowledged)),
                        count(alerts, isAcknowledged),
                        spread(
                                alerts,
                                isAcknowledged.and(it -> it.acknowledgedAt() >= it.openedAt()),
                                it -> it.acknowledgedAt() - it.openedAt()),
                        spread(alerts, isOver.and(it -> !it.byHand()), it -> it.closedAt() - it.openedAt()),
                        spread(alerts, isOver.and(Opening::byHand), it -> it.closedAt() - it.openedAt()),
                        count(alerts, isOver.and(isAcknowledged.negate())),
                        count(alerts, isAcknowledged.negate()),
                        count(alerts, isOver.and(lived.negate())),
                        flapping.size(),
                        alerts.stream()
                                .filter(it -> flapping.contains(it.alert()))
                                .map(Opening::subject)
                                .distinct()
                                .count(),
                        found.pages(),
                        found.nightPages()));
    }

    private static long count(List<Opening> alerts, Predicate<Opening> which) {
        return alerts.stream().filter(which).count();
    }

    /** The nearest rank: the smallest time that at least this share does not exceed. */
    private static Spread spread(List<Opening> alerts, Predicate<Opening> which, ToLongFunction<Opening> time) {
        List<Long> times = alerts.stream()
                .filter(which)
                .map(it -> Math.max(0, time.applyAsLong(it)))
                .sorted()
                .toList();
        return times.isEmpty()
                ? new Spread(0, null, null)
                : new Spread(times.size(), smallest(times, 50) / 1000, smallest(times, 90) / 1000);
    }

    private static long smallest(List<Long> times, int percent) {
        return times.stream()
                .filter(time -> times.stream().filter(it -> it <= time).count() * 100 >= (long) percent * times.size())
                .findFirst()
                .orElseThrow();
    }

    private static Set<Long> flapping(List<Opening> alerts) {
        Set<Long> flapping = new HashSet<>();
        for (List<Opening> ofOne :
                alerts.stream().collect(Collectors.groupingBy(Opening::subject)).values()) {
            for (int i = 0; i + 2 < ofOne.size(); i++) {
                if (ofOne.get(i + 2).openedAt() - ofOne.get(i).openedAt() <= 24 * HOUR) {
                    ofOne.subList(i, i + 3).forEach(it -> flapping.add(it.alert()));
                }
            }
        }
        return flapping;
    }

    /** Behind each number is a list of as many alerts. */
    private static void checkLists(Numbers numbers, List<Opening> alerts, Period period, Instant now) {
        Map<Counted, Long> counted = new EnumMap<>(Counted.class);
        for (Counted each : Counted.values()) {
            counted.put(each, listed(alerts, Selection.of(each), period, now));
        }
        assertThat(counted)
                .isEqualTo(Map.ofEntries(
                        Map.entry(Counted.ALERTS, numbers.alerts()),
                        Map.entry(Counted.CRITICAL, numbers.critical()),
                        Map.entry(Counted.UNKNOWN, numbers.unknown()),
                        Map.entry(Counted.WARNING, numbers.warning()),
                        Map.entry(Counted.TO_TICKET, numbers.toTicket().count()),
                        Map.entry(
                                Counted.TO_ACKNOWLEDGE, numbers.toAcknowledge().count()),
                        Map.entry(Counted.COULD_BE_ACKNOWLEDGED, numbers.couldBeAcknowledged()),
                        Map.entry(Counted.ACKNOWLEDGED, numbers.acknowledged()),
                        Map.entry(
                                Counted.RECOVERED_BY_ITSELF,
                                numbers.toRecoverByItself().count()),
                        Map.entry(
                                Counted.CLOSED_BY_HAND,
                                numbers.toRecoverByHand().count()),
                        Map.entry(Counted.OPEN, numbers.open()),
                        Map.entry(Counted.NEVER_ACKNOWLEDGED, numbers.neverAcknowledged()),
                        Map.entry(Counted.RECOVERED_UNSEEN, numbers.recoveredUnseen()),
                        Map.entry(Counted.SHORT, numbers.shortAlerts()),
                        Map.entry(Counted.FLAPPING, numbers.flappingAlerts())));
    }

    private static void checkListsOfTables(Trends trends, List<Opening> alerts, Instant now) {
        Period period = trends.period();
        assertThat(trends.mostFrequent()).allSatisfy(problem -> {
            assertThat(listed(alerts, of(problem, Counted.ALERTS), period, now)).isEqualTo(problem.alerts());
            assertThat(listed(alerts, of(problem, Counted.ACKNOWLEDGED), period, now))
                    .isEqualTo(problem.acknowledged());
            assertThat(listed(alerts, of(problem, Counted.SHORT), period, now)).isEqualTo(problem.shortAlerts());
        });
        assertThat(trends.hours()).allSatisfy(row -> {
            for (int hour = 0; hour < 24; hour++) {
                Selection selection = new Selection(Counted.ALERTS, 0, "", row.weekday(), hour);
                assertThat(listed(alerts, selection, period, now))
                        .isEqualTo(row.alerts().get(hour));
            }
        });
        assertThat(trends.verdicts()).allSatisfy(verdict -> {
            Selection selection = new Selection(Counted.ALERTS, 0, verdict.verdict(), null, null);
            assertThat(listed(alerts, selection, period, now)).isEqualTo(verdict.alerts());
        });
    }

    private static Selection of(ProblemCounts problem, Counted counted) {
        return new Selection(counted, problem.subject(), "", null, null);
    }

    /** How many there are, of which the newest seven are named. */
    private static long listed(List<Opening> alerts, Selection selection, Period period, Instant now) {
        SelectedAlerts selected = new SelectedAlerts(selection, period.zone(), now, 7);
        alerts.forEach(selected::add);
        assertThat(selected.newest())
                .hasSize((int) Math.min(7, selected.total()))
                .doesNotHaveDuplicates()
                .isSubsetOf(alerts)
                .isSortedAccordingTo(Comparator.comparingLong(Opening::openedAt).reversed());
        return selected.total();
    }

    private static void checkTables(Trends trends, List<Opening> alerts, List<Opening> before) {
        ZoneId zone = trends.period().zone();
        assertThat(trends.days()).hasSize((int) trends.period().days()).allSatisfy(day -> {
            List<Opening> onDay = alerts.stream()
                    .filter(it -> local(it.openedAt(), zone).toLocalDate().equals(day.day()))
                    .toList();
            assertThat(List.of(day.warning(), day.unknown(), day.critical()))
                    .containsExactly(
                            count(onDay, it -> it.severity() == 1),
                            count(onDay, it -> it.severity() == 2),
                            count(onDay, it -> it.severity() == 3));
        });
        assertThat(trends.hours()).hasSize(7).allSatisfy(row -> {
            for (int hour = 0; hour < 24; hour++) {
                int at = hour;
                assertThat(row.alerts().get(hour)).isEqualTo(count(alerts, it -> {
                    ZonedDateTime time = local(it.openedAt(), zone);
                    return time.getDayOfWeek() == row.weekday() && time.getHour() == at;
                }));
            }
        });
        Map<Long, List<Opening>> bySubject = alerts.stream().collect(Collectors.groupingBy(Opening::subject));
        assertThat(trends.mostFrequent()).hasSameSizeAs(bySubject.keySet()).allSatisfy(problem -> {
            List<Opening> ofIt = bySubject.get(problem.subject());
            double acknowledged = count(ofIt, it -> it.acknowledgedAt() != -1);
            double isShort = count(ofIt, it -> it.closedAt() != -1 && it.closedAt() - it.openedAt() < 300_000);
            assertThat(problem.noise())
                    .isCloseTo(ofIt.size() * (1 - acknowledged / ofIt.size()) * (isShort / ofIt.size()), within(1e-9));
            assertThat(problem.alerts()).isEqualTo(ofIt.size());
            assertThat(problem.before()).isEqualTo(count(before, it -> it.subject() == problem.subject()));
            assertThat(problem.saidToBeNoise()).isEqualTo(count(ofIt, it -> "noise".equals(it.verdict())));
        });
        assertThat(trends.mostFrequent())
                .allSatisfy(problem -> assertThat(problem.course())
                        .containsExactlyElementsOf(trends.period().steps().stream()
                                .map(day -> (int) count(
                                        bySubject.get(problem.subject()),
                                        it -> local(it.openedAt(), zone)
                                                .toLocalDate()
                                                .equals(day)))
                                .toList()));
        assertThat(trends.noisiest())
                .isEqualTo(trends.mostFrequent().stream()
                        .filter(problem -> Suggestion.of(problem, List.of()).isAdvice())
                        .sorted(Comparator.comparingDouble(ProblemCounts::noise)
                                .thenComparing(problem -> problem.alerts() - problem.acknowledged())
                                .thenComparing(ProblemCounts::alerts)
                                .reversed()
                                .thenComparing(ProblemCounts::subject))
                        .toList());
        assertThat(trends.mostFrequent())
                .isSortedAccordingTo(
                        Comparator.comparingLong(ProblemCounts::alerts).reversed());
        assertThat(trends.verdicts().stream()
                        .mapToLong(Trends.VerdictCount::alerts)
                        .sum())
                .isEqualTo(count(alerts, it -> Objects.nonNull(it.verdict())));
    }

    private static void checkPages(Trends trends, List<SentPage> pages, Period period) {
        List<SentPage> ofPeriod =
                pages.stream().filter(page -> page.at() >= period.begin()).toList();
        Predicate<SentPage> atNight = page -> {
            int hour = local(page.at(), period.zone()).getHour();
            return hour >= 22 || hour < 8;
        };
        assertThat(trends.numbers().pages()).isEqualTo(ofPeriod.size());
        assertThat(trends.numbers().nightPages())
                .isEqualTo(ofPeriod.stream().filter(atNight).count());
        assertThat(trends.rotas())
                .allSatisfy(rota -> assertThat(rota.nightPages())
                        .isEqualTo(ofPeriod.stream()
                                .filter(page -> page.rota().equals(rota.rota()))
                                .filter(atNight)
                                .count()));
    }
}
