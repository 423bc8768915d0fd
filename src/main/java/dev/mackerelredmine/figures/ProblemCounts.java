package dev.mackerelredmine.figures;

import java.util.List;

/**
 * The alerts of one problem in a period.
 *
 * @param before how many it had in the period before
 * @param noise docs/figures.md#noise
 * @param saidToBeNoise of how many people say that they are noise
 * @param busiestHour the first of the two hours of the day in which most of them opened, 0 to 23
 * @param inBusiestHours how many opened in these two hours
 * @param course how many opened in each step of the period
 */
public record ProblemCounts(
        long subject,
        long alerts,
        long before,
        long acknowledged,
        long shortAlerts,
        double noise,
        long saidToBeNoise,
        int busiestHour,
        long inBusiestHours,
        List<Integer> course) {

    public ProblemCounts {
        course = List.copyOf(course);
    }

    long notAcknowledged() {
        return alerts - acknowledged;
    }
}
