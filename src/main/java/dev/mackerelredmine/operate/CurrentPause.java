package dev.mackerelredmine.operate;

import dev.mackerelredmine.store.Pause;
import java.time.Instant;

/** A pause of deliveries: since when, and by whom. */
public record CurrentPause(Instant since, String by) {

    static CurrentPause of(Pause pause) {
        return new CurrentPause(Instant.ofEpochMilli(pause.pausedAt()), pause.pausedBy());
    }
}
