package dev.mackerelredmine.cli;

import dev.mackerelredmine.explain.Lines;
import dev.mackerelredmine.operate.CurrentPause;
import java.time.ZoneId;

/**
 * How deliveries stand after pause or resume.
 *
 * @param paused null where deliveries are not
 * @param changed whether the command changed that
 */
record PauseAnswer(CurrentPause paused, boolean changed) {

    String said(ZoneId zone) {
        if (paused == null) {
            return changed ? "Deliveries go on." : "Deliveries were not paused.";
        }
        return (changed ? "Deliveries are paused." : "Deliveries are paused already, " + by(zone) + ".")
                + " To go on: mackerel-redmine resume";
    }

    private String by(ZoneId zone) {
        return "since " + new Lines(zone).time(paused.since()) + ", by " + paused.by();
    }
}
