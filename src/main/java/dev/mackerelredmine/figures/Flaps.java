package dev.mackerelredmine.figures;

import java.util.function.Consumer;

/** Finds the flapping alerts of one problem, which come in the order of their openings: three of them within 24 hours flap. */
final class Flaps {

    private static final long WITHIN = 24 * 3_600_000L;
    private static final int AT = 3;

    private final Opening[] last = new Opening[AT];
    private final Consumer<Opening> flapping;
    private long alerts;
    private long flapsUpTo;

    /** @param flapping gets each of them once, in the order of their openings */
    Flaps(Consumer<Opening> flapping) {
        this.flapping = flapping;
    }

    /** The third within 24 hours makes the two before it flapping, too, where they were not. */
    void add(Opening opening) {
        last[(int) (alerts % AT)] = opening;
        alerts++;
        if (alerts < AT || opening.openedAt() - last[(int) (alerts % AT)].openedAt() > WITHIN) {
            return;
        }
        for (long alert = Math.max(flapsUpTo, alerts - AT); alert < alerts; alert++) {
            flapping.accept(last[(int) (alert % AT)]);
        }
        flapsUpTo = alerts;
    }
}
