package dev.mackerelredmine.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is to be done about a ticket, now that it is known what Redmine shows of it.
 *
 * @param why what happened, and how the ticket stands, in words for whoever asks later
 * @param tells what its note tells; where neither this nor a remark is there, no note is written
 * @param status Redmine's number of the status that the ticket is to get, or null
 * @param followsHeadline whether subject, priority, level and assignee are to be those of the headline
 * @param reported what the ticket then reports
 * @param state what will be known of the ticket, but for the fields that are written
 */
public record Decision(
        TicketAction action,
        String why,
        List<Change> tells,
        List<Remark> remarks,
        Long status,
        boolean followsHeadline,
        Reported reported,
        TicketState state) {

    public Decision {
        tells = List.copyOf(tells);
        remarks = List.copyOf(remarks);
    }

    /** Whether Redmine is written to. */
    public boolean writes() {
        return switch (action) {
            case NOTE, WORSE, CLOSE, REOPEN, JOIN, ATTACH, LIST -> true;
            default -> false;
        };
    }

    /** No note: what came in is marked as reported. A graph may be attached, or a list be written, all the same. */
    static Decision withoutNote(TicketAction action, AlertHistory history, Instant now) {
        return new Decision(
                action,
                "",
                List.of(),
                List.of(),
                null,
                false,
                history.counted(now),
                history.shownTicket().state());
    }

    Decision because(String reason) {
        return new Decision(action, reason, tells, remarks, status, followsHeadline, reported, state);
    }

    /** The same, where Redmine refuses the status that the ticket was to get: it is noted, and the ticket stays as it is. */
    public Decision withoutStatus(TicketState asItIs) {
        List<Remark> others =
                remarks.stream().filter(remark -> !remark.kind().isOfStatus()).toList();
        boolean isOfStatus = action == TicketAction.CLOSE || action == TicketAction.REOPEN;
        TicketAction noted = isOfStatus ? TicketAction.NOTE : action;
        return new Decision(noted, why, tells, others, null, followsHeadline, reported, asItIs);
    }

    /** What led to it, and what was left, such as {@code it recovered, its ticket is open (left open not allowed)}. */
    public String whyInFull() {
        String left = remarks.stream()
                .map(remark -> remark.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        return left.isEmpty() ? why : why + " (" + left + ")";
    }
}
