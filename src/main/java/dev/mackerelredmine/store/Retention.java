package dev.mackerelredmine.store;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Deletes from the store what is over for longer than it is to be kept. Between its small steps others come to their turn. */
public final class Retention {

    private final Store store;
    private final Duration keep;

    public Retention(Store store, Duration keep) {
        this.store = store;
        this.keep = keep;
    }

    public void purge() {
        Instant before = Instant.now().minus(keep);
        OptionalLong last = OptionalLong.of(0);
        while (last.isPresent()) {
            last = store.purgeAlerts(before, last.getAsLong());
        }
        while (store.purgeOthers(before) > 0) {
            // the next few
        }
    }
}
