package dev.mackerelredmine.ticket.text;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.TextLevel;
import java.util.List;

/**
 * What a ticket's description tells.
 *
 * @param headline the newest notification of the highest severity: what the ticket is about
 * @param changes all that happened before the ticket was created, in the order in which it happened; more than one where it had to wait
 * @param level how much of it is shown
 * @param graph the file name of the graph that is attached at creation, or null
 */
public record Description(
        Notification headline,
        AlertKey key,
        List<Change> changes,
        List<Remark> remarks,
        TextLevel level,
        String graph) {

    public Description {
        changes = List.copyOf(changes);
        remarks = List.copyOf(remarks);
    }
}
