package dev.mackerelredmine.reconcile;

import java.time.Duration;

/**
 * How a look is taken.
 *
 * @param interval from one to the next
 * @param lookBack how old an alert may be that the first look finds
 * @param foundMax how many new alerts are kept at one look
 */
public record Limits(Duration interval, Duration lookBack, int foundMax) {}
