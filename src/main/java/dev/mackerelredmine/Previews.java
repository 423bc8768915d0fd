package dev.mackerelredmine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Policy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last tickets that were worked out and not sent, newest first, for people to look at. */
public final class Previews {

    private static final int KEPT = 50;
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Deque<Preview> last = new ArrayDeque<>();
    private long shown;

    /** Shows the ticket, and gives it a number of its own in Redmine's stead. */
    public synchronized long show(AlertHistory history, Policy policy, NewIssue issue) {
        shown++;
        last.addFirst(new Preview(shown, Instant.now().toString(), history.key().toString(), policy, issue));
        if (last.size() > KEPT) {
            last.removeLast();
        }
        return shown;
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

    /** One ticket as it would be asked for: the policy in names as set, the issue as Redmine would get it. */
    public record Preview(long number, String at, String alert, Policy policy, NewIssue issue) {}
}
