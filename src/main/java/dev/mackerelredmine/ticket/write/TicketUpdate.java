package dev.mackerelredmine.ticket.write;

import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.IssueField;
import dev.mackerelredmine.redmine.IssueUpdate;
import dev.mackerelredmine.redmine.Written;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Decision;
import dev.mackerelredmine.ticket.PendingWrite.Intent;
import dev.mackerelredmine.ticket.PendingWrite.Marks;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.TextLevel;
import dev.mackerelredmine.ticket.TicketAction;
import dev.mackerelredmine.ticket.TicketState;
import dev.mackerelredmine.ticket.TicketState.Names;
import dev.mackerelredmine.ticket.TicketState.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One try at a change of a ticket. After each refusal (422) there is another that asks for less, down to the note alone.
 *
 * @param whole all that is to be changed; its note is written for each try
 * @param seen as Redmine showed the ticket before; null where nobody looked
 * @param reference the word by which the note is found in the journals
 * @param assignee whom it is given to where its assignee is sent, by name or number, as the policy or the settings say
 */
public record TicketUpdate(
        AlertHistory history,
        Decision decision,
        IssueUpdate whole,
        Issue seen,
        String reference,
        Long levelField,
        String assignee,
        FieldSearch search,
        TextLevel level,
        Text text) {

    /** Writes the note that goes with a decision. */
    interface Text {
        String note(Decision decision, List<Remark> more, TextLevel level, boolean withGraph);
    }

    /** What Redmine is asked for in this try. */
    public IssueUpdate issue() {
        boolean withGraph = !search.now().fields().contains(IssueField.GRAPH);
        List<Remark> more = leftOut().remarks(lackedBefore());
        return whole.without(search.now().fields())
                .withNotes(isList() ? "" : text.note(decided(), more, level, withGraph));
    }

    /** Written without a note: whether it was done is not looked for in the journals. */
    private boolean isList() {
        return decision.action() == TicketAction.LIST;
    }

    /** What will hold when Redmine did it. */
    public Intent intent() {
        return intent(Set.of());
    }

    /** What holds now that Redmine did it, but for these fields, which it dropped. */
    public TicketState stateWithout(List<String> dropped) {
        return intent(Set.copyOf(dropped)).state();
    }

    /** What Redmine dropped of it without a word; empty where all was done. */
    public List<String> droppedIn(Issue now) {
        return isList() ? List.of() : Written.of(issue(), reference, seen).droppedIn(now);
    }

    private Intent intent(Set<String> dropped) {
        IssueUpdate sent = whole.without(search.now().fields()).without(dropped);
        Written written = isList() ? null : Written.of(sent, reference, seen);
        Decision decided = dropped.contains(IssueField.STATUS)
                ? decision.withoutStatus(history.shownTicket().state())
                : decided();
        return new Intent(
                history.alert(),
                history.last(),
                decided.action().toString(),
                decided.whyInFull(),
                reference,
                Marks.of(decided.reported()),
                decided.state()
                        .with(history.shownTicket().state().ours().overlaidWith(shown(sent)))
                        .without(forLater())
                        .with(written)
                        .with(names(sent)));
    }

    /** Without the status, where Redmine refused that: then the ticket neither opens nor closes. */
    private Decision decided() {
        return search.leftOut().contains(IssueField.STATUS)
                ? decision.withoutStatus(history.shownTicket().state())
                : decision;
    }

    private Shown shown(IssueUpdate sent) {
        String level = sent.customFields().stream()
                .filter(field -> Long.valueOf(field.id()).equals(levelField))
                .map(field -> field.value().toString())
                .findFirst()
                .orElse(null);
        return new Shown(sent.statusId(), sent.priorityId(), sent.assignedToId(), sent.subject(), level);
    }

    private Names names(IssueUpdate sent) {
        Names before = seen == null ? history.shownTicket().state().names() : Names.of(seen);
        return Objects.requireNonNullElse(before, Names.UNKNOWN)
                .overlaidWith(new Names(
                        sent.subject(), statusName(sent.statusId()), sent.assignedToId() == null ? null : assignee));
    }

    private String statusName(Long status) {
        return seen == null || status == null || seen.allowedStatuses() == null
                ? null
                : seen.allowedStatuses().stream()
                        .filter(allowed -> status.equals(allowed.id()))
                        .map(Issue.Status::name)
                        .findFirst()
                        .orElse(null);
    }

    private List<String> lackedBefore() {
        return history.shownTicket().state().leftOut();
    }

    /** What is refused now, and what was refused before and not asked for now. */
    private List<String> forLater() {
        List<String> fields = new ArrayList<>(lackedBefore());
        fields.removeAll(whole.optional().keySet());
        search.leftOut().stream().filter(LeftOut::isForLater).forEach(fields::add);
        return fields;
    }

    public boolean isReduced() {
        return !leftOut().remarks(lackedBefore()).isEmpty();
    }

    LeftOut leftOut() {
        Map<String, Object> refused = new LinkedHashMap<>();
        search.leftOut().forEach(field -> refused.put(field, whole.optional().get(field)));
        return new LeftOut(refused, false, level, search.errors());
    }

    /** What is missing, why, and what to do: for the log. */
    public String summary() {
        return leftOut().toString();
    }

    Optional<TicketUpdate> afterRefusal(List<String> errors) {
        return search.afterRefusal(errors)
                .map(next -> new TicketUpdate(
                        history, decision, whole, seen, reference, levelField, assignee, next, level, text));
    }
}
