package dev.mackerelredmine.ticket.write;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.redmine.InvalidException;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.IssueField;
import dev.mackerelredmine.redmine.IssueSearch;
import dev.mackerelredmine.redmine.IssueUpdate;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.redmine.Relation;
import dev.mackerelredmine.redmine.Upload;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Decision;
import dev.mackerelredmine.ticket.Keys;
import dev.mackerelredmine.ticket.PendingWrite;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.Remark.Kind;
import dev.mackerelredmine.ticket.TextLevel;
import dev.mackerelredmine.ticket.Ticket;
import dev.mackerelredmine.ticket.TicketState;
import dev.mackerelredmine.ticket.TicketState.Shown;
import dev.mackerelredmine.ticket.policy.FieldPolicy;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.ticket.text.CharacterSupport;
import dev.mackerelredmine.ticket.text.Description;
import dev.mackerelredmine.ticket.text.Note;
import dev.mackerelredmine.ticket.text.TicketText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes of an alert the Redmine issue that is to be created for it, and each later change of that issue. */
public final class TicketWriter {

    private static final int REFERENCE_LENGTH = 12;

    private static final String REQUIRED =
            " (also without all that a ticket can do without). Give a required custom field a"
                    + " value (redmine.field.NUMBER in the settings, ticket.field.NUMBER in the policy), a required category or due"
                    + " date ticket.category or ticket.dueDate in the policy, or let Redmine not require it";

    private final TicketText text;
    private final WritingRules rules;
    private final RedmineNames names;
    private final RefusedFields refused;
    private final CustomFields customFields;

    public TicketWriter(TicketText text, WritingRules rules, RedmineNames names, RefusedFields refused) {
        this.text = text;
        this.rules = rules;
        this.names = names;
        this.refused = refused;
        this.customFields = new CustomFields(text, rules);
    }

    /** The list of names that Redmine has to be asked for next, or null when all is known to write the issue. */
    public String nextListOfNames(AlertHistory history, Policy policy, boolean closes) {
        return ResolvedPolicy.nextList(names, closing(settings(history), closes), closing(policy, closes))
                .orElse(null);
    }

    /** What the policy decided, and what the settings say where it decided nothing. */
    public Policy settled(AlertHistory history, Policy policy) {
        return policy.or(settings(history));
    }

    /** The project, by identifier or number, that the alert's ticket is created in; null where the policy could not decide. */
    public String project(AlertHistory history, Policy policy) {
        return policy == null ? null : new ResolvedPolicy(names, settings(history), policy).project();
    }

    /** The first try to create the alert's ticket; it does without what was refused a while ago, at the same place. */
    public TicketCreation creation(AlertHistory history, Policy policy, boolean closes, Upload graph) {
        Notification headline = history.headline();
        ResolvedPolicy resolved =
                new ResolvedPolicy(names, closing(settings(history), closes), closing(policy, closes));
        CharacterSupport characters = CharacterSupport.of(history.ticket());
        NewIssue whole = new NewIssue(
                resolved.project(),
                resolved.tracker(),
                resolved.status(),
                resolved.priority(),
                resolved.assignee(),
                false,
                resolved.category(),
                resolved.dueDate(LocalDate.now()),
                resolved.watchers(),
                characters.write(subject(history)),
                "",
                customFields.ofCreation(headline, history.key(), policy, characters),
                uploads(graph));
        List<Remark> remarks = new ArrayList<>(resolved.remarks());
        remarks.addAll(lost(graph));
        remarks.addAll(found(history.changes()));
        instead(history.ticket()).ifPresent(issue -> remarks.add(Remark.of(Kind.INSTEAD, issue)));
        TicketCreation.Text description = history.isIncident()
                ? (more, level, withGraph) -> list(history, characters, "")
                : (more, level, withGraph) -> characters.write(
                        both(remarks, more),
                        all -> text.description(new Description(
                                headline,
                                history.key(),
                                history.worthTelling(),
                                all,
                                level,
                                fileName(graph, withGraph))));
        return creation(history.ticket().pendingWrite(), whole, description);
    }

    private String subject(AlertHistory history) {
        return history.isIncident()
                ? text.incidentSubject(history.headline(), history.membership().list())
                : text.subject(history.headline());
    }

    private String list(AlertHistory history, CharacterSupport characters, String before) {
        String list = characters.write(text.incidentDescription(
                history.membership().list(), history.key().marker()));
        return text.intoDescription(before, list);
    }

    /** Where it comes from, when that is not a webhook. */
    private static List<Remark> found(List<Change> changes) {
        return changes.stream().anyMatch(Change::isFound) ? List.of(Remark.of(Kind.FOUND)) : List.of();
    }

    private TicketCreation creation(PendingWrite pending, NewIssue whole, TicketCreation.Text description) {
        RefusedFields.Place place = new RefusedFields.Place(whole.project(), whole.trackerId());
        FieldSearch search = FieldSearch.of(
                whole.optional().keySet(), refused.of(place, whole.optional()), refused.areTakenByMeAlone(place), true);
        TextLevel level = pending == null ? TextLevel.FULL : pending.text();
        return new TicketCreation(
                place,
                whole,
                pending != null && pending.isWithoutFields() ? search.bare() : search,
                level.max(refused.text(place)),
                refused.errors(place),
                description);
    }

    /**
     * The next try to create a ticket, after Redmine refused this one.
     *
     * @throws ParkedException where nothing is left to try: even the barest ticket is refused
     */
    public TicketCreation withoutRefused(TicketCreation creation, InvalidException refusal) throws ParkedException {
        boolean isFirst = creation.search().errors().isEmpty();
        if (isFirst && refused.isHopeless(creation.place(), refusal.errors())) {
            throw new ParkedException(refusal.getMessage() + REQUIRED);
        }
        return creation.afterRefusal(refusal.errors()).orElseThrow(() -> {
            List<String> errors = creation.search().errors().isEmpty()
                    ? refusal.errors()
                    : creation.search().errors();
            refused.hopeless(creation.place(), errors);
            return new ParkedException(refusal.getMessage() + REQUIRED);
        });
    }

    /** What the ticket that was created had to do without is left out of the next ones. */
    public void created(TicketCreation creation) {
        refused.learn(creation.place(), creation.refused(), creation.leftOut());
    }

    private static Optional<Long> instead(Ticket ticket) {
        return ticket.stands() ? Optional.of(ticket.issue()) : Optional.ofNullable(ticket.replaces());
    }

    private static List<Remark> both(List<Remark> first, List<Remark> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Null where nothing is attached. */
    private static String fileName(Upload graph, boolean isAttached) {
        return graph == null || !isAttached ? null : graph.filename();
    }

    private static List<Remark> lost(Upload graph) {
        return graph == Upload.LOST ? List.of(Remark.of(Kind.GRAPH_LOST)) : List.of();
    }

    private static List<Upload> uploads(Upload graph) {
        return graph == null || graph == Upload.LOST ? List.of() : List.of(graph);
    }

    /** What is over is created closed, whatever status it would have had. */
    private Policy closing(Policy policy, boolean closes) {
        return closes
                ? policy.withStatus(Objects.requireNonNullElse(rules.closedStatus(), RedmineNames.ANY_CLOSED))
                : policy;
    }

    private Policy settings(AlertHistory history) {
        return rules.settings().get(history.headline().alert().status());
    }

    /** Whether names have to be known for the change that was decided on: where fields are sent. */
    public boolean sendsFields(AlertHistory history, Decision decision) {
        return decision.followsHeadline()
                || !history.shownTicket().state().leftOut().isEmpty();
    }

    /** The first try at the change that was decided on; of a field that a person has changed, only what its policy lets us. */
    public TicketUpdate update(AlertHistory history, Decision decision, Policy policy, Issue seen, Upload graph) {
        Ticket ticket = history.shownTicket();
        CharacterSupport characters = CharacterSupport.of(ticket);
        Shown ours = ticket.state().ours();
        Shown shown =
                seen == null ? Shown.NOTHING : Shown.of(seen, rules.fields().level());
        List<String> lacks = seen == null ? List.of() : ticket.state().leftOut();
        WantedFields wanted = decision.followsHeadline() || !lacks.isEmpty()
                ? wanted(history, policy, characters)
                : WantedFields.NOTHING;
        Shown headline = decision.followsHeadline() ? wanted.shown() : wanted.of(lacks);
        Shown sent = new Shown(
                decision.status(),
                // Redmine derives an incident's from its children.
                history.isIncident()
                        ? null
                        : sent(rules.policies().priority(), headline.priority(), shown.priority(), ours.priority()),
                sent(
                        lacks.contains(IssueField.ASSIGNEE)
                                ? FieldPolicy.FOLLOW
                                : rules.policies().assignee(),
                        headline.assignee(),
                        shown.assignee(),
                        ours.assignee()),
                sent(
                        rules.policies().subject(),
                        history.isIncident() ? characters.write(subject(history)) : headline.subject(),
                        shown.subject(),
                        ours.subject()),
                sent(rules.policies().level(), headline.level(), shown.level(), ours.level()));
        String reference = reference();
        IssueUpdate whole = new IssueUpdate(
                ticket.issue(),
                "",
                sent.status(),
                sent.priority(),
                sent.assignee(),
                lacks.contains(IssueField.CATEGORY) && seen.category() == null ? wanted.category() : null,
                lacks.contains(IssueField.DUE_DATE) && seen.dueDate() == null ? wanted.dueDate() : null,
                sent.subject(),
                customFields.ofChange(sent, lacks, wanted, seen),
                uploads(graph));
        if (history.isIncident() && seen != null) {
            whole = whole.withDescription(
                    list(history, characters, Objects.requireNonNullElse(seen.description(), "")));
        }
        TicketUpdate.Text note = (decided, more, level, withGraph) -> characters.write(
                both(both(decided.remarks(), lost(graph)), both(found(decided.tells()), more)),
                all -> text.note(new Note(decided.tells(), all, level, fileName(graph, withGraph), reference)));
        PendingWrite pending = ticket.pendingWrite();
        FieldSearch search = FieldSearch.of(whole.optional().keySet(), Set.of(), false, false);
        return new TicketUpdate(
                history,
                decision,
                whole,
                seen,
                reference,
                rules.fields().level(),
                settled(history, policy).assignee(),
                pending != null && pending.isWithoutFields() ? search.bare() : search,
                pending == null ? TextLevel.FULL : pending.text(),
                note);
    }

    /** What Redmine dropped of a change, by what it shows now. */
    public List<String> dropped(TicketUpdate update, Issue now) {
        return update.droppedIn(now);
    }

    /** What is known of the ticket after a change of which Redmine dropped these. */
    public TicketState state(TicketUpdate update, List<String> dropped) {
        return update.stateWithout(dropped);
    }

    /** The next try at a change, after Redmine refused this one; null where it refuses even the note alone. */
    public TicketUpdate withoutRefused(TicketUpdate update, InvalidException refusal) {
        return update.afterRefusal(refusal.errors()).orElse(null);
    }

    private WantedFields wanted(AlertHistory history, Policy policy, CharacterSupport characters) {
        Notification headline = history.headline();
        ResolvedPolicy resolved = new ResolvedPolicy(names, settings(history), policy);
        Shown shown = new Shown(
                null,
                resolved.priority(),
                resolved.assignee(),
                characters.write(subject(history)),
                headline.alert().status().toString());
        return new WantedFields(
                shown,
                resolved.category(),
                resolved.dueDate(LocalDate.now()),
                customFields.values(headline, history.key(), policy, characters));
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

    /** In place of an upload that failed now. */
    public Upload graphFailed() {
        return Upload.LOST;
    }

    /** In place of an upload: null where there is a graph to be uploaded, or none at all. */
    public Upload lostGraph(AlertHistory history) {
        return history.hasLostGraph() ? Upload.LOST : null;
    }

    /** That two tickets have to do with each other. */
    public Relation relation(long ticket, long other) {
        return new Relation(ticket, other);
    }

    /** Names in a duplicate the ticket that is kept, and closes it where the workflow allows that; null where it is done already, or gone. */
    public IssueUpdate closingDuplicate(Issue seen, Issue kept) {
        String reference = "mackerel-redmine:duplicate-of-" + kept.id();
        if (seen == null || seen.hasNote(reference)) {
            return null;
        }
        Note note = new Note(List.of(), List.of(Remark.of(Kind.DUPLICATE, kept.id())), TextLevel.FULL, null, reference);
        Long closed = seen.isClosed()
                ? null
                : seen.allowedStatus(rules.closedStatus(), true).orElse(null);
        return IssueUpdate.note(seen.id(), text.note(note), closed);
    }

    /**
     * A note that a step of ticket-changed.camel.yaml adds; null where it stands on the ticket already, or the ticket is gone.
     *
     * @param change its name
     * @param place which note of the change it is: 1, 2, 3 …
     */
    public IssueUpdate addedNote(Issue seen, String change, int place, String said) {
        String reference = reference(change, place);
        if (seen == null || seen.hasNote(reference)) {
            return null;
        }
        Note note = new Note(List.of(), List.of(Remark.of(Kind.ADDED, said)), TextLevel.FULL, null, reference);
        return IssueUpdate.note(seen.id(), text.note(note), null);
    }

    /** That a ticket becomes a subtask of its incident's. */
    public IssueUpdate underIncident(AlertHistory history) {
        return IssueUpdate.note(history.ticket().issue(), "", null)
                .under(history.membership().issue());
    }

    /** A note on an incident's ticket that names the ticket of a member, as Redmine makes a link of it; null where it is there already. */
    public IssueUpdate namesMember(AlertHistory history, Issue incident) {
        String reference = reference("member " + history.key(), 1);
        return incident == null || incident.hasNote(reference)
                ? null
                : IssueUpdate.note(incident.id(), "#" + history.ticket().issue() + "\n\n" + reference, null);
    }

    private static String reference(String change, int place) {
        return "mackerel-redmine:action-" + Keys.digest(change + ":" + place).substring(0, REFERENCE_LENGTH);
    }

    /** By what the alert's ticket is found again. */
    public IssueSearch.Identity identity(AlertHistory history) {
        return new IssueSearch.Identity(
                history.key().id(), history.key().marker(), history.ticket().replaces());
    }
}
