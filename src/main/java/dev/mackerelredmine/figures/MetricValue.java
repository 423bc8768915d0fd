package dev.mackerelredmine.figures;

/** A metric when an alert opened, and the threshold that it crossed. */
public record MetricValue(double value, double threshold) {}
