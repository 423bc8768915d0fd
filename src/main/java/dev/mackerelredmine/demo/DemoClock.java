package dev.mackerelredmine.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands where it was set, until it is let go: then it is the machine's. */
final class DemoClock extends Clock {

    private volatile Instant set;

    DemoClock(Instant set) {
        this.set = set;
    }

    void set(Instant time) {
        set = time;
    }

    void letGo() {
        set = null;
    }

    @Override
    public Instant instant() {
        Instant standing = set;
        return standing == null ? Clock.systemUTC().instant() : standing;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId other) {
        throw new UnsupportedOperationException("nobody asks this clock for a date");
    }
}
