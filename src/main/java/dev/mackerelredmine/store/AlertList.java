package dev.mackerelredmine.store;

import java.util.List;

/** The newest of the alerts behind a number. @param total that number */
public record AlertList(long total, List<SelectedAlert> alerts) {

    public AlertList {
        alerts = List.copyOf(alerts);
    }
}
