package dev.mackerelredmine.writeback;

import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.store.PendingAction;
import dev.mackerelredmine.store.Purpose;
import dev.mackerelredmine.text.Lines;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ticket's number and address in the memo of its alert. What a person writes between our reading and our writing is lost: the API knows no
 * version.
 */
public final class Memos implements Writer {

    /** Mackerel takes 80 kB (api-docs/alerts "Update Alert"), and does not say of how many bytes each. */
    private static final int LONGEST = 80_000;

    private static final Logger LOG = LoggerFactory.getLogger(Memos.class);

    private final MackerelApi api;
    private final String redmine;

    /** @param redmine its address */
    public Memos(MackerelApi api, String redmine) {
        this.api = api;
        this.redmine = redmine;
    }

    @Override
    public Purpose purpose() {
        return Purpose.MEMO;
    }

    @Override
    public String what() {
        return "memo";
    }

    @Override
    public int requests() {
        return 2;
    }

    @Override
    public void write(PendingAction action) throws MackerelException {
        String id = action.key().id();
        String memo = api.alert(id).memo();
        String before = memo == null ? "" : memo;
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
}
