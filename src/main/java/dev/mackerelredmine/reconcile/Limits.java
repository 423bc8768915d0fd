package dev.mackerelredmine.reconcile;

import java.time.Duration;

/**
 * How a poll is taken.
 *
 * @param interval from one to the next
 * @param lookBack how old an alert may be that the first poll finds
 * @param foundMax how many new alerts are kept at one poll
 */
public record Limits(Duration interval, Duration lookBack, int foundMax) {}
