package dev.mackerelredmine.redmine.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.camel.TicketChanges;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.IssueUpdate;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.PendingWrite.Intent;
import dev.mackerelredmine.ticket.TicketAction;
import dev.mackerelredmine.ticket.TicketChange;
import dev.mackerelredmine.ticket.TicketState.Names;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.ticket.write.TicketUpdate;
import dev.mackerelredmine.ticket.write.TicketWriter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The last tickets and changes of tickets that were worked out and not sent, newest first, for people to look at.
 * Numbers and statuses are its own, in Redmine's stead, and those of a Redmine that is new.
 */
public final class Previews {

    private static final int KEPT = 50;
    private static final List<String> LONG_TEXTS = List.of("description", "notes");
    private static final Pattern STEERS_A_TERMINAL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
    private static final Issue.Status OPEN = new Issue.Status(1, "New", false);
    private static final Issue.Status CLOSED = new Issue.Status(5, "Closed", true);
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final TicketChanges changes;
    private final TicketWriter writer;
    private final Deque<Preview> last = new ArrayDeque<>();
    private long created;

    public Previews(TicketChanges changes, TicketWriter writer) {
        this.changes = changes;
        this.writer = writer;
    }

    /** Shows the ticket, and answers it as Redmine would have made it. */
    public synchronized Issue create(AlertHistory history, Policy policy, NewIssue asked) {
        number();
        Policy settled = writer.settled(history, policy);
        Names names = new Names(asked.subject(), OPEN.name(), settled.assignee());
        show(created, history, settled, asked, changes.of(history, TicketAction.CREATE.toString(), created, names));
        return issue(created, OPEN, asked.subject());
    }

    /** The next ticket's, whoever makes it. */
    public synchronized long number() {
        created++;
        return created;
    }

    /** @param update of which this is the try that is shown */
    public synchronized void update(AlertHistory history, Policy policy, TicketUpdate update, IssueUpdate asked) {
        Intent intent = update.intent();
        TicketChange change = TicketAction.CHANGES_OF_TICKETS.contains(intent.action())
                ? changes.of(
                        history, intent.action(), asked.issue(), intent.state().names())
                : null;
        show(asked.issue(), history, writer.settled(history, policy), asked, change);
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
                List.of(),
                null,
                null);
    }

    private void show(long number, AlertHistory history, Policy policy, Object asked, TicketChange change) {
        last.addFirst(
                new Preview(number, Instant.now().toString(), history.key().toString(), policy, asked, change));
        if (last.size() > KEPT) {
            last.removeLast();
        }
    }

    public synchronized List<Preview> last() {
        return List.copyOf(last);
    }

    public String json() {
        try {
            return JSON.writeValueAsString(last()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a preview holds only what JSON can", e);
        }
    }

    /** For a person: names and values, then the text as it is. Nothing in it steers a terminal. */
    public String text() {
        List<Preview> shown = last();
        if (shown.isEmpty()) {
            return "No ticket was worked out yet. Post an alert, and look again.\n";
        }
        StringBuilder text = new StringBuilder();
        for (Preview preview : shown) {
            text.append(text.isEmpty() ? "" : "\n\n")
                    .append("Ticket #" + preview.number() + ", alert " + preview.alert() + ", " + preview.at() + "\n");
            values(text, "policy", JSON.valueToTree(preview.policy()));
            JsonNode issue = JSON.valueToTree(preview.issue());
            values(text, "issue", issue);
            LONG_TEXTS.forEach(name -> {
                if (issue.path(name).isTextual()) {
                    text.append("  " + name + ":\n")
                            .append(issue.get(name).textValue().strip())
                            .append('\n');
                }
            });
            if (preview.change() != null) {
                text.append("  ticket-changed gets (notification left out):\n");
                ObjectNode change = JSON.valueToTree(preview.change());
                change.remove("notification");
                change.properties()
                        .forEach(it -> text.append("    " + it.getKey() + " = " + plain(it.getValue()) + "\n"));
            }
        }
        return STEERS_A_TERMINAL.matcher(text).replaceAll("\uFFFD");
    }

    private static void values(StringBuilder text, String title, JsonNode values) {
        text.append("  " + title + ":\n");
        values.properties().stream()
                .filter(it -> !LONG_TEXTS.contains(it.getKey()) && !isNothing(it.getValue()))
                .forEach(it -> text.append("    " + it.getKey() + " = " + plain(it.getValue()) + "\n"));
    }

    private static String plain(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isContainerNode() && value.isEmpty();
    }

    /**
     * One request as it would be sent.
     *
     * @param number the ticket's
     * @param policy whose ticket it is, in names as the policy and the settings say
     * @param issue the issue or its change as Redmine would get it
     * @param change as ticket-changed.camel.yaml would get it; null where it would get nothing
     */
    public record Preview(long number, String at, String alert, Policy policy, Object issue, TicketChange change) {}
}
