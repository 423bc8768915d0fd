package dev.mackerelredmine.operate;

import java.util.List;

/**
 * The result of an act on parked alerts.
 *
 * @param done the alerts on which it was done
 * @param busy the alerts that were left as they are, because they are being delivered at this moment
 */
public record Done(List<ParkedAlert> done, List<ParkedAlert> busy) {

    public Done {
        done = List.copyOf(done);
        busy = List.copyOf(busy);
    }
}
