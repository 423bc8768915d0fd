package dev.mackerelredmine.figures;

/** Counts the alerts of one problem, which come in the order of their openings. */
final class ProblemTally {

    private static final int HOURS = 24;
    private static final long FLAPS_WITHIN = 24 * 3_600_000L;
    private static final int FLAPS_AT = 3;

    private final long subject;
    private final int[] byHour = new int[HOURS];
    private final long[] lastOpenings = new long[FLAPS_AT];
    private long alerts;
    private long acknowledged;
    private long shortAlerts;
    private long saidToBeNoise;
    private long flapping;
    private long flapsUpTo;

    ProblemTally(long subject) {
        this.subject = subject;
    }

    void add(Opening opening, int hour) {
        lastOpenings[(int) (alerts % FLAPS_AT)] = opening.openedAt();
        alerts++;
        byHour[hour]++;
        acknowledged += opening.isAcknowledged() ? 1 : 0;
        shortAlerts += opening.isShort() ? 1 : 0;
        saidToBeNoise += Verdict.NOISE.equals(opening.verdict()) ? 1 : 0;
        countFlapping(opening.openedAt());
    }

    /** The third within 24 hours makes the two before it flapping, too, where they were not. */
    private void countFlapping(long openedAt) {
        if (alerts < FLAPS_AT || openedAt - lastOpenings[(int) (alerts % FLAPS_AT)] > FLAPS_WITHIN) {
            return;
        }
        flapping += alerts - Math.max(flapsUpTo, alerts - FLAPS_AT);
        flapsUpTo = alerts;
    }

    long alerts() {
        return alerts;
    }

    long flapping() {
        return flapping;
    }

    double noise() {
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
                inTwoHours(busiest));
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
