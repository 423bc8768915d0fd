package dev.mackerelredmine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.IssueUpdate;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Policy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last tickets and changes of tickets that were worked out and not sent, newest first, for people to look at.
 * Numbers and statuses are its own, in Redmine's stead, and those of a Redmine that is new.
 */
public final class Previews {

    private static final int KEPT = 50;
    private static final Issue.Status OPEN = new Issue.Status(1, "New", false);
    private static final Issue.Status CLOSED = new Issue.Status(5, "Closed", true);
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Deque<Preview> last = new ArrayDeque<>();
    private long created;

    /** Shows the ticket, and answers it as Redmine would have made it. */
    public synchronized Issue create(AlertHistory history, Policy policy, NewIssue asked) {
        created++;
        show(created, history, policy, asked);
        return issue(created, OPEN, asked.subject());
    }

    public synchronized void update(AlertHistory history, Policy policy, IssueUpdate asked) {
        show(asked.issue(), history, policy, asked);
    }

    /** The alert's ticket, as it stands by all that was shown. */
    public Issue issue(AlertHistory history) {
        var state = history.shownTicket().state();
        return issue(
                history.shownTicket().issue(),
                state.closedAt() == null ? OPEN : CLOSED,
                state.ours().subject());
    }

    private static Issue issue(long number, Issue.Status status, String subject) {
        return new Issue(
                number,
                null,
                null,
                status,
                null,
                null,
                null,
                null,
                subject,
                null,
                List.of(),
                List.of(OPEN, CLOSED),
                List.of());
    }

    private void show(long number, AlertHistory history, Policy policy, Object asked) {
        last.addFirst(
                new Preview(number, Instant.now().toString(), history.key().toString(), policy, asked));
        if (last.size() > KEPT) {
            last.removeLast();
        }
    }

    public synchronized List<Preview> last() {
        return List.copyOf(last);
    }

    String json() {
        try {
            return JSON.writeValueAsString(last()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a preview holds only what JSON can", e);
        }
    }

    /** One request as it would be sent: the ticket's number, the policy in names as set, the issue or its change as Redmine would get it. */
    public record Preview(long number, String at, String alert, Policy policy, Object issue) {}
}
