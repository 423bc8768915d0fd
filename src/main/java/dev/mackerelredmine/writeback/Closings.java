package dev.mackerelredmine.writeback;

import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.mackerelapi.ApiHost;
import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.ClosesAlert;
import dev.mackerelredmine.store.PendingAction;
import dev.mackerelredmine.store.Purpose;
import dev.mackerelredmine.text.Lines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The closing of an alert whose ticket a person closed. An alert that is closed, or whose ticket is open again by now, is left as it is. */
public final class Closings implements Writer {

    private static final String CHECK = "check";
    private static final Logger LOG = LoggerFactory.getLogger(Closings.class);

    private final MackerelApi api;
    private final ClosesAlert which;

    public Closings(MackerelApi api, ClosesAlert which) {
        this.api = api;
        this.which = which;
    }

    @Override
    public Purpose purpose() {
        return Purpose.CLOSE_ALERT;
    }

    @Override
    public String what() {
        return "closing";
    }

    /** The alert, its host, its monitor, and the closing. */
    @Override
    public int requests() {
        return 4;
    }

    @Override
    public void write(PendingAction action) throws MackerelException {
        Act closed = action.onIt().closed();
        if (closed == null) {
            return;
        }
        ApiAlert alert = api.alert(action.key().id());
        if (alert.isClosed()) {
            return;
        }
        if (which == ClosesAlert.WHEN_ORPHANED && isWatched(alert)) {
            LOG.info(
                    "Alert {}: left open at Mackerel, which will close it by itself, though {} closed ticket #{}",
                    action.key(),
                    Lines.one(closed.by().name()),
                    action.issue());
            return;
        }
        String reason = "Redmine #" + action.issue() + ", closed by "
                + Lines.one(closed.by().name());
        api.closeAlert(alert.id(), reason);
        LOG.info("Alert {}: closed at Mackerel: {}", action.key(), reason);
    }

    /** Whether Mackerel still looks at what the alert is about, and so closes it when all is well. */
    private boolean isWatched(ApiAlert alert) throws MackerelException {
        try {
            if (alert.hostId() != null && !isWatched(api.host(alert.hostId()))) {
                return false;
            }
            if (CHECK.equals(alert.type())) {
                api.check(alert.monitorId());
            } else {
                api.monitor(alert.monitorId());
            }
            return true;
        } catch (MackerelException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Alerts of a host that is in maintenance or powered off stay open (help "Host statuses"). */
    private static boolean isWatched(ApiHost host) {
        return !host.isRetired() && !host.isUnmonitored();
    }
}
