package dev.mackerelredmine.operate;

import dev.mackerelredmine.store.Pause;
import java.time.Instant;

/** A pause of deliveries: since when, and by whom. */
public record Held(Instant since, String by) {

    static Held of(Pause pause) {
        return new Held(Instant.ofEpochMilli(pause.pausedAt()), pause.pausedBy());
    }
}
