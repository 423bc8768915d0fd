package dev.mackerelredmine.reconcile;

import java.time.Duration;

/**
 * How often Mackerel is polled, and the limits of a poll.
 *
 * @param interval from one to the next
 * @param lookBack how old an alert may be that the first poll finds
 * @param foundMax how many new alerts are kept at one poll
 */
public record Limits(Duration interval, Duration lookBack, int foundMax) {}
