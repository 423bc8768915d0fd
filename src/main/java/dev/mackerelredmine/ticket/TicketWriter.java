package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.IssueSearch;
import dev.mackerelredmine.redmine.IssueUpdate;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.redmine.Relation;
import dev.mackerelredmine.redmine.Upload;
import dev.mackerelredmine.ticket.Begun.Intent;
import dev.mackerelredmine.ticket.Begun.Marks;
import dev.mackerelredmine.ticket.Remark.Kind;
import dev.mackerelredmine.ticket.TicketState.Shown;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Makes of an alert the Redmine issue that is to be created for it, and each later change of that issue. */
public final class TicketWriter {

    private static final int REFERENCE_LENGTH = 12;

    private final TicketText text;
    private final TicketFields fields;
    private final FieldPolicy.OfFields policies;
    private final String closedStatus;
    private final Map<AlertStatus, Policy> settings;
    private final RedmineNames names;

    /**
     * @param closedStatus by name or number; null is the first that Redmine has
     * @param settings what the settings say where the policy decides nothing, or names what Redmine does not have
     */
    public TicketWriter(
            TicketText text,
            TicketFields fields,
            FieldPolicy.OfFields policies,
            String closedStatus,
            Map<AlertStatus, Policy> settings,
            RedmineNames names) {
        this.text = text;
        this.fields = fields;
        this.policies = policies;
        this.closedStatus = closedStatus;
        this.settings = Map.copyOf(settings);
        this.names = names;
    }

    /** The list of names that Redmine has to be asked for next, or null when all is known to write the issue. */
    public String nextListOfNames(AlertHistory history, Policy policy, boolean closes) {
        return Wishes.nextList(names, closing(settings(history), closes), closing(policy, closes))
                .orElse(null);
    }

    public NewIssue newIssue(AlertHistory history, Policy policy, boolean closes, Upload graph) {
        Notification headline = history.headline();
        Wishes wishes = new Wishes(names, closing(settings(history), closes), closing(policy, closes));
        Letters letters = Letters.of(history.ticket());
        return new NewIssue(
                wishes.project(),
                wishes.tracker(),
                wishes.status(),
                wishes.priority(),
                wishes.assignee(),
                wishes.category(),
                wishes.dueDate(LocalDate.now()),
                wishes.watchers(),
                letters.write(text.subject(headline)),
                letters.write(wishes.remarks(), remarks -> text.description(description(history, remarks, graph))),
                customFields(headline, history.key(), letters),
                uploads(graph));
    }

    private static Description description(AlertHistory history, List<Remark> remarks, Upload graph) {
        return new Description(
                history.headline(),
                history.key(),
                history.worthTelling(),
                remarks,
                graph == null ? null : graph.filename());
    }

    private static List<Upload> uploads(Upload graph) {
        return graph == null ? List.of() : List.of(graph);
    }

    /** What is over is created closed, whatever status it would have had. */
    private Policy closing(Policy policy, boolean closes) {
        return closes ? policy.withStatus(Objects.requireNonNullElse(closedStatus, RedmineNames.ANY_CLOSED)) : policy;
    }

    private Policy settings(AlertHistory history) {
        return settings.get(history.headline().alert().status());
    }

    /** The change that was decided on; of a field that a person has changed, only what its policy lets us. */
    public TicketUpdate update(AlertHistory history, Decision decision, Policy policy, Issue seen, Upload graph) {
        Ticket ticket = history.shownTicket();
        Letters letters = Letters.of(ticket);
        Shown ours = ticket.state().ours();
        Shown wanted = decision.followsHeadline() ? wanted(history, policy, letters) : Shown.NOTHING;
        Shown shown = seen == null ? Shown.NOTHING : Shown.of(seen, fields.level());
        Shown sent = new Shown(
                decision.status(),
                sent(policies.priority(), wanted.priority(), shown.priority(), ours.priority()),
                sent(policies.assignee(), wanted.assignee(), shown.assignee(), ours.assignee()),
                sent(policies.subject(), wanted.subject(), shown.subject(), ours.subject()),
                sent(policies.level(), wanted.level(), shown.level(), ours.level()));
        String reference = reference();
        String file = graph == null ? null : graph.filename();
        List<CustomFieldValue> customFields = new ArrayList<>();
        if (sent.level() != null) {
            add(customFields, fields.level(), sent.level());
        }
        IssueUpdate update = new IssueUpdate(
                ticket.issue(),
                letters.write(
                        decision.remarks(), remarks -> text.note(new Note(decision.tells(), remarks, file, reference))),
                sent.status(),
                sent.priority(),
                sent.assignee(),
                sent.subject(),
                customFields,
                uploads(graph));
        Intent intent = new Intent(
                history.alert(),
                history.last(),
                decision.action().toString(),
                decision.whyInFull(),
                reference,
                Marks.of(decision.told()),
                decision.state().with(ours.overlaidWith(sent)));
        return new TicketUpdate(update, intent);
    }

    private Shown wanted(AlertHistory history, Policy policy, Letters letters) {
        Notification headline = history.headline();
        Wishes wishes = new Wishes(names, settings(history), policy);
        return new Shown(
                null,
                wishes.priority(),
                wishes.assignee(),
                letters.write(text.subject(headline)),
                headline.alert().status().toString());
    }

    private static <T> T sent(FieldPolicy policy, T wanted, T shown, T ours) {
        boolean isNeeded = wanted != null && !wanted.equals(shown);
        return isNeeded && policy.lets(shown, ours) ? wanted : null;
    }

    /** One word that no other note holds. */
    private static String reference() {
        return "mackerel-redmine:note-"
                + UUID.randomUUID().toString().replace("-", "").substring(0, REFERENCE_LENGTH);
    }

    /** That two tickets have to do with each other. */
    public Relation relation(long ticket, long other) {
        return new Relation(ticket, other);
    }

    /** Says in a second ticket of the same alert where it goes on, and closes it where the workflow lets us; null where it says so already, or is gone. */
    public IssueUpdate endOfDouble(Issue seen, Issue kept) {
        String reference = "mackerel-redmine:double-of-" + kept.id();
        if (seen == null || seen.hasNote(reference)) {
            return null;
        }
        Note note = new Note(List.of(), List.of(Remark.of(Kind.DOUBLE, kept.id())), null, reference);
        Long closed =
                seen.isClosed() ? null : seen.allowedStatus(closedStatus, true).orElse(null);
        return new IssueUpdate(seen.id(), text.note(note), closed, null, null, null, List.of(), List.of());
    }

    /**
     * What a function answered to a change of a ticket, as a note on it; null where the note stands there, or the ticket is gone.
     *
     * @param name of the change, by which the note is known
     */
    public IssueUpdate answerNote(Issue seen, String name, String function, String answer) {
        String reference = "mackerel-redmine:action-" + Keys.digest(name).substring(0, REFERENCE_LENGTH);
        if (seen == null || seen.hasNote(reference)) {
            return null;
        }
        Note note = new Note(List.of(), List.of(Remark.of(Kind.ANSWERED, function, answer)), null, reference);
        return new IssueUpdate(seen.id(), text.note(note), null, null, null, null, List.of(), List.of());
    }

    /** By what the alert's ticket is found again. */
    public IssueSearch.Identity identity(AlertHistory history) {
        return new IssueSearch.Identity(history.key().id(), history.key().marker());
    }

    private List<CustomFieldValue> customFields(Notification headline, AlertKey key, Letters letters) {
        List<CustomFieldValue> values = new ArrayList<>();
        add(values, fields.monitor(), letters.write(text.monitor(headline)));
        add(values, fields.level(), headline.alert().status().toString());
        add(values, fields.host(), letters.write(text.alarmHost(headline)));
        add(values, fields.alertId(), letters.write(key.id()));
        return values;
    }

    private static void add(List<CustomFieldValue> values, Long field, String value) {
        if (field != null) {
            values.add(new CustomFieldValue(field, value));
        }
    }
}
