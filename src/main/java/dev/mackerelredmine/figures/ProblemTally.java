package dev.mackerelredmine.figures;

import java.util.Arrays;

/** Counts the alerts of one problem, which come in the order of their openings. */
final class ProblemTally {

    private static final int HOURS = 24;

    private final long subject;
    private final int[] course;
    private final int[] byHour = new int[HOURS];
    private final Flaps flaps = new Flaps(opening -> countFlapping());
    private long alerts;
    private long acknowledged;
    private long shortAlerts;
    private long saidToBeNoise;
    private long flapping;

    /** @param steps how many the period has */
    ProblemTally(long subject, int steps) {
        this.subject = subject;
        this.course = new int[steps];
    }

    void add(Opening opening, int hour, int step) {
        course[step]++;
        alerts++;
        byHour[hour]++;
        acknowledged += opening.isAcknowledged() ? 1 : 0;
        shortAlerts += opening.isShort() ? 1 : 0;
        saidToBeNoise += Verdict.NOISE.equals(opening.verdict()) ? 1 : 0;
        flaps.add(opening);
    }

    private void countFlapping() {
        flapping++;
    }

    long subject() {
        return subject;
    }

    long alerts() {
        return alerts;
    }

    long flapping() {
        return flapping;
    }

    private double noise() {
        return (alerts - acknowledged) * (double) shortAlerts / alerts;
    }

    ProblemCounts counts(long before) {
        int busiest = busiestHour();
        return new ProblemCounts(
                subject,
                alerts,
                before,
                acknowledged,
                shortAlerts,
                noise(),
                saidToBeNoise,
                busiest,
                inTwoHours(busiest),
                Arrays.stream(course).boxed().toList());
    }

    private int busiestHour() {
        int busiest = 0;
        for (int hour = 1; hour < HOURS; hour++) {
            busiest = inTwoHours(hour) > inTwoHours(busiest) ? hour : busiest;
        }
        return busiest;
    }

    private long inTwoHours(int hour) {
        return byHour[hour] + byHour[(hour + 1) % HOURS];
    }
}
