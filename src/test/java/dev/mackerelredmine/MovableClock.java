package dev.mackerelredmine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The machine's clock, as if somebody had set it. */
public final class MovableClock extends Clock {

    private volatile Duration moved = Duration.ZERO;

    public void goBack(Duration by) {
        moved = moved.minus(by);
    }

    public void goOn(Duration by) {
        moved = moved.plus(by);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(moved);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
