package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.store.LeftAlone;
import dev.mackerelredmine.store.MackerelPolls;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The organization's alerts that get no ticket, each while it has the status for which that was decided. */
final class AlertsLeftAlone {

    private final MackerelPolls polls;
    private final String org;
    private final Map<String, LeftAlone> known;

    AlertsLeftAlone(MackerelPolls polls, String org) {
        this.polls = polls;
        this.org = org;
        this.known = polls.leftAlone(org);
    }

    /** That it is over is no news of one that gets no ticket. */
    boolean contains(ApiAlert alert) {
        LeftAlone decided = known.get(alert.id());
        return decided != null
                && (alert.isClosed() || decided.status().equals(alert.status().toString()));
    }

    int among(List<String> ids) {
        return (int) ids.stream().filter(known::containsKey).count();
    }

    void add(ApiAlert alert, String why) {
        polls.leaveAlone(org, alert.id(), alert.status(), why);
        known.put(alert.id(), new LeftAlone(org, alert.id(), alert.status().toString(), why));
    }

    /** These are open still. Others are forgotten when they were not for so long. */
    void areOpen(List<String> ids, Duration keep) {
        polls.stillLeftAlone(org, ids, keep);
    }
}
