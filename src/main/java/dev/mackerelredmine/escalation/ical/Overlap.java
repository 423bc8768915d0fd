package dev.mackerelredmine.escalation.ical;

import java.time.Instant;

/** Two people have the same time in one calendar: the second one is on call, because that shift begins last. */
record Overlap(Instant from, String first, String second) {}
