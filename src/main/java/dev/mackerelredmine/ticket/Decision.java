package dev.mackerelredmine.ticket;

import java.util.List;

/**
 * What is to be done about a ticket, now that it is known what Redmine shows of it.
 *
 * @param tells what its note tells; where neither this nor a remark is there, nothing is written
 * @param status Redmine's number of the status that the ticket is to get, or null
 * @param followsHeadline whether subject, priority, level and assignee are to be those of the headline
 * @param told what the ticket will have been told
 * @param state what will be known of the ticket, but for the fields that are written
 */
public record Decision(
        TicketAction action,
        List<Change> tells,
        List<Remark> remarks,
        Long status,
        boolean followsHeadline,
        Told told,
        TicketState state) {

    public Decision {
        tells = List.copyOf(tells);
        remarks = List.copyOf(remarks);
    }

    /** Whether Redmine is written to. */
    public boolean writes() {
        return switch (action) {
            case NOTE, CLOSE, REOPEN, JOIN, ATTACH -> true;
            default -> false;
        };
    }
}
