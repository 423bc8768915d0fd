package dev.mackerelredmine.ticket;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.Written;
import java.util.List;
import java.util.Objects;

/**
 * What we know of a ticket of ours, from the last time that we wrote to it.
 *
 * @param ours the fields as Redmine showed them after we last wrote each: one that differs now was changed by a person
 * @param openStatus the number of the status that it had while it was open, or null if it never was
 * @param closedAt when its last alert was over, in seconds since 1970, where we closed it; else null
 * @param reopened how often the same fault came back to it
 * @param closingNoted whether a note says that it still fires although a person closed the ticket
 * @param leftOut what Redmine refused, by the names of {@link dev.mackerelredmine.redmine.IssueField}: it is asked for at the next change
 * @param written what our last change was to write; null where there was none
 * @param names how a person reads the ticket after our last change; null where that is not known
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TicketState(
        Shown ours,
        Long openStatus,
        Long closedAt,
        int reopened,
        boolean closingNoted,
        List<String> leftOut,
        Written written,
        @JsonInclude(JsonInclude.Include.NON_NULL) Names names) {

    /** Of a ticket that we have not changed. */
    public TicketState(
            Shown ours, Long openStatus, Long closedAt, int reopened, boolean closingNoted, List<String> leftOut) {
        this(ours, openStatus, closedAt, reopened, closingNoted, leftOut, null, null);
    }

    public TicketState {
        leftOut = leftOut == null ? List.of() : List.copyOf(leftOut);
    }

    static final TicketState NONE = new TicketState(Shown.NOTHING, null, null, 0, false, List.of());

    /** The fields of an issue that follow its alert, by Redmine's numbers; null where it has none. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Shown(Long status, Long priority, Long assignee, String subject, String level) {
        public static final Shown NOTHING = new Shown(null, null, null, null, null);

        public static Shown of(Issue issue, Long levelField) {
            return new Shown(
                    issue.status() == null ? null : (Long) issue.status().id(),
                    number(issue.priority()),
                    number(issue.assignedTo()),
                    issue.subject(),
                    level(issue, levelField));
        }

        /** As its author left them: we may find a ticket of ours that a person has changed already. */
        static Shown leftByAuthor(Issue issue, Long levelField) {
            Shown now = of(issue, levelField);
            return new Shown(
                    number(issue, "status_id", now.status),
                    number(issue, "priority_id", now.priority),
                    number(issue, "assigned_to_id", now.assignee),
                    issue.asItsAuthorLeftIt("attr", "subject", now.subject),
                    levelField == null ? null : issue.asItsAuthorLeftIt("cf", levelField.toString(), now.level));
        }

        private static Long number(Issue issue, String name, Long now) {
            String left = issue.asItsAuthorLeftIt("attr", name, Objects.toString(now, null));
            return left == null ? null : Long.valueOf(left);
        }

        /** The same with what was sent in place of what was there. */
        public Shown overlaidWith(Shown sent) {
            return new Shown(
                    either(sent.status, status),
                    either(sent.priority, priority),
                    either(sent.assignee, assignee),
                    either(sent.subject, subject),
                    either(sent.level, level));
        }

        private static Long number(Issue.Named named) {
            return named == null ? null : (Long) named.id();
        }

        private static String level(Issue issue, Long field) {
            return field == null ? null : Objects.toString(issue.customField(field), null);
        }
    }

    public TicketState with(Shown shown) {
        return new TicketState(shown, openStatus, closedAt, reopened, closingNoted, leftOut, written, names);
    }

    TicketState closed(long at) {
        return new TicketState(ours, openStatus, at, reopened, false, leftOut, written, names);
    }

    TicketState opened() {
        return new TicketState(ours, openStatus, null, reopened + 1, false, leftOut, written, names);
    }

    /** The same fault came and went, while the ticket stayed closed. */
    TicketState flapped(long at) {
        return new TicketState(ours, openStatus, at, reopened + 1, closingNoted, leftOut, written, names);
    }

    TicketState noted(boolean thatItIsClosed) {
        return new TicketState(ours, openStatus, closedAt, reopened, thatItIsClosed, leftOut, written, names);
    }

    public TicketState without(List<String> fields) {
        return new TicketState(ours, openStatus, closedAt, reopened, closingNoted, fields, written, names);
    }

    public TicketState with(Written change) {
        return new TicketState(ours, openStatus, closedAt, reopened, closingNoted, leftOut, change, names);
    }

    public TicketState with(Names read) {
        return new TicketState(ours, openStatus, closedAt, reopened, closingNoted, leftOut, written, read);
    }

    /** The ticket in Redmine's words, as far as Redmine or the policy said them; null is what nobody said. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Names(String subject, String status, String assignee) {

        public static final Names UNKNOWN = new Names(null, null, null);

        public static Names of(Issue issue) {
            return new Names(
                    issue.subject(),
                    issue.status() == null ? null : issue.status().name(),
                    issue.assignedTo() == null ? null : issue.assignedTo().name());
        }

        /** The same with what was sent in place of what was there. */
        public Names overlaidWith(Names sent) {
            return new Names(
                    either(sent.subject, subject), either(sent.status, status), either(sent.assignee, assignee));
        }
    }

    private static <T> T either(T first, T second) {
        return first == null ? second : first;
    }
}
