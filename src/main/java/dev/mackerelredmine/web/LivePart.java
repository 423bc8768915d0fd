package dev.mackerelredmine.web;

import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The part of the first page that is live. Open pages ask for it together, each time that something changed: it is made once for all visitors
 * that see the same.
 */
final class LivePart {

    private final Map<Visitor, String> made = new HashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private long madeAfter;

    /** What is made stands until something changes, a second at most. */
    synchronized String of(Visitor asking, Function<Visitor, String> make) {
        Visitor visitor = asking.at(asking.now().truncatedTo(ChronoUnit.SECONDS));
        long now = changes.get();
        if (madeAfter != now) {
            made.clear();
            madeAfter = now;
        }
        made.keySet().removeIf(other -> !other.now().equals(visitor.now()));
        return made.computeIfAbsent(visitor, make);
    }

    /** Waits for nobody who makes it. */
    void changed() {
        changes.incrementAndGet();
    }
}
