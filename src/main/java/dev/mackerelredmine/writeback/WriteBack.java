package dev.mackerelredmine.writeback;

import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import dev.mackerelredmine.mackerelapi.RequestBudget;
import dev.mackerelredmine.store.Actions;
import dev.mackerelredmine.store.PendingAction;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to Mackerel what is due after changes of tickets, at least once, beside deliveries and after looks. What fails comes again and is
 * parked after its last try, as an action.
 */
public final class WriteBack {

    private static final Logger LOG = LoggerFactory.getLogger(WriteBack.class);

    private final Actions actions;
    private final RequestBudget budget;
    private final List<Writer> writers;

    /** @param writers in the order in which they may use what the budget has left */
    public WriteBack(Actions actions, RequestBudget budget, List<Writer> writers) {
        this.actions = actions;
        this.budget = budget;
        this.writers = List.copyOf(writers);
    }

    /** All that is due, as far as the budget goes. */
    public void write() {
        for (Writer writer : writers) {
            boolean wasDue = true;
            while (wasDue && budget.hasRoomFor(writer.requests())) {
                wasDue = writesNext(writer);
            }
        }
    }

    private boolean writesNext(Writer writer) {
        PendingAction action = actions.claimFor(writer.purpose());
        if (action == null) {
            return false;
        }
        try {
            writer.write(action);
            actions.done(action);
        } catch (MackerelException e) {
            failed(writer, action, e);
        }
        return true;
    }

    private void failed(Writer writer, PendingAction action, MackerelException e) {
        if (e.kind() == Kind.NOT_FOUND) {
            LOG.info("Alert {}: no {} at Mackerel, which knows no such alert", action.key(), writer.what());
            actions.done(action);
            return;
        }
        Instant again = actions.failed(action, "its " + writer.what() + " at Mackerel: " + e.getMessage());
        if (again == null) {
            LOG.error(
                    "Alert {}: its {} at Mackerel failed ({}), parked until the next start: {}",
                    action.key(),
                    writer.what(),
                    action.attempt(),
                    e.getMessage());
        } else {
            LOG.warn(
                    "Alert {}: its {} at Mackerel failed ({}), retrying at {}: {}",
                    action.key(),
                    writer.what(),
                    action.attempt(),
                    again,
                    e.getMessage());
        }
    }
}
