package dev.mackerelredmine.figures;

import dev.mackerelredmine.figures.Spread.Times;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Counts what happened in one period, in one pass: alerts in the order of their openings, and pages. */
final class Tally {

    private static final int MOST = 10;
    private static final int SEVERITIES = 3;
    private static final int WEEKDAYS = 7;
    private static final int HOURS = 24;
    private static final int NIGHT_BEGINS = 22;
    private static final int NIGHT_ENDS = 8;

    private final Period period;
    private final long now;
    private final LocalTimes local;
    private final long firstDay;
    private final long[][] days;
    private final int daysOfAStep;
    private final int steps;
    private final long[][] hours = new long[WEEKDAYS][HOURS];
    private final long[] bySeverity = new long[SEVERITIES + 1];
    private final Map<Long, ProblemTally> problems = new HashMap<>();
    private final Map<String, Long> verdicts = new TreeMap<>();
    private final Map<String, long[]> pages = new TreeMap<>();
    private final Times toTicket = new Times();
    private final Times toAcknowledge = new Times();
    private final Times byItself = new Times();
    private final Times byHand = new Times();
    private long alerts;
    private long open;
    private long couldBeAcknowledged;
    private long acknowledged;
    private long recoveredUnseen;
    private long shortAlerts;

    /** @param now until when what is open lasts, in milliseconds since 1970 */
    Tally(Period period, long now) {
        this.period = period;
        this.now = now;
        local = new LocalTimes(period.zone());
        firstDay = period.from().toEpochDay();
        days = new long[(int) period.days()][SEVERITIES + 1];
        daysOfAStep = period.daysOfAStep();
        steps = period.steps().size();
    }

    void add(Opening opening) {
        alerts++;
        bySeverity[opening.severity()]++;
        count(opening);
        countAcknowledgement(opening);
        int day = (int) (local.day(opening.openedAt()) - firstDay);
        days[day][opening.severity()]++;
        int hour = local.hour(opening.openedAt());
        hours[local.weekday(opening.openedAt())][hour]++;
        problems.computeIfAbsent(opening.subject(), subject -> new ProblemTally(subject, steps))
                .add(opening, hour, day / daysOfAStep);
        if (opening.verdict() != null) {
            verdicts.merge(opening.verdict(), 1L, Long::sum);
        }
    }

    private void count(Opening opening) {
        if (opening.hasTicket()) {
            toTicket.add(opening.ticketAt() - opening.openedAt());
        }
        if (opening.isClosed()) {
            (opening.byHand() ? byHand : byItself).add(opening.life(now));
        } else {
            open++;
        }
        shortAlerts += opening.isShort() ? 1 : 0;
    }

    private void countAcknowledgement(Opening opening) {
        couldBeAcknowledged += opening.couldBeAcknowledged(now) ? 1 : 0;
        if (opening.isAcknowledged()) {
            acknowledged++;
        } else if (opening.isClosed()) {
            recoveredUnseen++;
        }
        if (opening.isAcknowledgedSinceItOpened()) {
            toAcknowledge.add(opening.acknowledgedAt() - opening.openedAt());
        }
    }

    void add(SentPage page) {
        int hour = local.hour(page.at());
        long[] counts = pages.computeIfAbsent(page.rota(), rota -> new long[2]);
        counts[0]++;
        counts[1] += hour >= NIGHT_BEGINS || hour < NIGHT_ENDS ? 1 : 0;
    }

    Numbers numbers() {
        return new Numbers(
                alerts,
                bySeverity[1],
                bySeverity[2],
                bySeverity[SEVERITIES],
                open,
                toTicket.spread(),
                couldBeAcknowledged,
                acknowledged,
                toAcknowledge.spread(),
                byItself.spread(),
                byHand.spread(),
                recoveredUnseen,
                alerts - acknowledged,
                shortAlerts,
                problems.values().stream().mapToLong(ProblemTally::flapping).sum(),
                problems.values().stream()
                        .filter(problem -> problem.flapping() > 0)
                        .count(),
                pages.values().stream().mapToLong(counts -> counts[0]).sum(),
                pages.values().stream().mapToLong(counts -> counts[1]).sum());
    }

    List<Trends.Day> days() {
        List<Trends.Day> list = new ArrayList<>();
        for (int day = 0; day < days.length; day++) {
            long[] counts = days[day];
            list.add(new Trends.Day(period.from().plusDays(day), counts[1], counts[2], counts[SEVERITIES]));
        }
        return list;
    }

    List<Trends.Weekday> hours() {
        List<Trends.Weekday> list = new ArrayList<>();
        for (int day = 0; day < WEEKDAYS; day++) {
            list.add(new Trends.Weekday(
                    DayOfWeek.of(day + 1), Arrays.stream(hours[day]).boxed().toList()));
        }
        return list;
    }

    /** The greatest first; of equals the one that is longer known. */
    /** @param order from the last to the first */
    List<ProblemCounts> problems(Predicate<ProblemCounts> which, Comparator<ProblemCounts> order, Tally before) {
        return problems.values().stream()
                .map(problem -> problem.counts(before.alertsOf(problem.subject())))
                .filter(which)
                .sorted(order.reversed().thenComparing(ProblemCounts::subject))
                .limit(MOST)
                .toList();
    }

    private long alertsOf(long subject) {
        ProblemTally problem = problems.get(subject);
        return problem == null ? 0 : problem.alerts();
    }

    List<Trends.RotaPages> rotas() {
        return pages.entrySet().stream()
                .map(entry -> new Trends.RotaPages(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                .toList();
    }

    List<Trends.VerdictCount> verdicts() {
        return verdicts.entrySet().stream()
                .map(entry -> new Trends.VerdictCount(entry.getKey(), entry.getValue()))
                .toList();
    }
}
