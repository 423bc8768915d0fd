package dev.mackerelredmine.ticket.text;

import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.TextLevel;
import java.util.List;

/**
 * What a note on a ticket tells.
 *
 * @param changes what happened and is not in the ticket yet, in the order in which it happened; may be empty. One of an alert that recovered is
 *     shown with how long the alert lasted, and with who or what ended it
 * @param level how much of it is shown
 * @param graph the file name of the graph that is attached with this note, or null
 * @param reference the word by which the note is found again in the journals; it stands in the note's last line
 */
public record Note(List<Change> changes, List<Remark> remarks, TextLevel level, String graph, String reference) {

    public Note {
        changes = List.copyOf(changes);
        remarks = List.copyOf(remarks);
    }
}
