package dev.mackerelredmine.ticket.write;

import dev.mackerelredmine.redmine.IssueField;
import dev.mackerelredmine.ticket.TicketState.Shown;
import java.util.List;
import java.util.Map;

/** What the fields of a ticket would be, were it created now. */
record WantedFields(Shown shown, Long category, String dueDate, Map<Long, Object> customFields) {
    static final WantedFields NOTHING = new WantedFields(Shown.NOTHING, null, null, Map.of());

    /** Only of fields that the ticket lacks. */
    Shown of(List<String> lacks) {
        return new Shown(
                null,
                lacks.contains(IssueField.PRIORITY) ? shown.priority() : null,
                lacks.contains(IssueField.ASSIGNEE) ? shown.assignee() : null,
                null,
                null);
    }
}
