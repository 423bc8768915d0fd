package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import dev.mackerelredmine.mackerelapi.RequestBudget;
import dev.mackerelredmine.store.Actions;
import dev.mackerelredmine.store.PendingAction;
import dev.mackerelredmine.store.Purpose;
import dev.mackerelredmine.text.Lines;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the ticket's number and address into the memo of its alert, at least once, beside deliveries and after looks. What fails comes again
 * and is parked after its last try, as an action. What a person writes between our reading and our writing is lost: the API knows no version.
 */
public final class Memos {

    /** Mackerel takes 80 kB (api-docs/alerts "Update Alert"), and does not say of how many bytes each. */
    private static final int LONGEST = 80_000;

    private static final int REQUESTS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Memos.class);

    private final Actions actions;
    private final MackerelApi api;
    private final RequestBudget budget;
    private final String redmine;

    /** @param redmine its address */
    public Memos(Actions actions, MackerelApi api, RequestBudget budget, String redmine) {
        this.actions = actions;
        this.api = api;
        this.budget = budget;
        this.redmine = redmine;
    }

    /** Those that are due, as far as the budget goes. */
    public void write() {
        while (budget.hasRoomFor(REQUESTS)) {
            PendingAction action = actions.claimFor(Purpose.MEMO);
            if (action == null) {
                return;
            }
            try {
                write(action);
                actions.done(action);
            } catch (MackerelException e) {
                failed(action, e);
            }
        }
    }

    private void write(PendingAction action) throws MackerelException {
        String id = action.key().id();
        String before = api.memo(id);
        String after = MemoSection.with(before, text(action));
        if (after.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            LOG.warn(
                    "Alert {}: its memo at Mackerel is full, so ticket #{} is not named there",
                    action.key(),
                    action.issue());
        } else if (!after.equals(before)) {
            api.putMemo(id, after);
        }
    }

    private String text(PendingAction action) {
        String ticket = "Redmine #" + action.issue() + " " + redmine + "/issues/" + action.issue();
        return action.onIt().hasSomebody()
                ? ticket + "\ntaken by "
                        + Lines.one(action.onIt().acknowledged().by().name())
                : ticket;
    }

    private void failed(PendingAction action, MackerelException e) {
        if (e.kind() == Kind.NOT_FOUND) {
            LOG.info("Alert {} has no memo: Mackerel knows no such alert", action.key());
            actions.done(action);
            return;
        }
        Instant again = actions.failed(action, "its memo at Mackerel: " + e.getMessage());
        if (again == null) {
            LOG.error(
                    "The memo of alert {} failed ({}), parked until the next start: {}",
                    action.key(),
                    action.attempt(),
                    e.getMessage());
        } else {
            LOG.warn(
                    "The memo of alert {} failed ({}), retrying at {}: {}",
                    action.key(),
                    action.attempt(),
                    again,
                    e.getMessage());
        }
    }
}
