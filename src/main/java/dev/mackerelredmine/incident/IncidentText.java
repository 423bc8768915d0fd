package dev.mackerelredmine.incident;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.ticket.IncidentList;
import dev.mackerelredmine.ticket.text.TicketText;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words of an incident's ticket. */
public final class IncidentText {

    private final TicketText text;

    public IncidentText(TicketText text) {
        this.text = text;
    }

    public String subject(Notification headline, IncidentList list) {
        return text.subject(headline) + " (" + list.firing() + "/" + list.total() + ")";
    }

    /** @param marker by which the ticket is found again; it stands in the last line */
    public String description(IncidentList list, String marker) {
        return list.members().stream()
                        .map(member -> "* " + member.status().toString().toUpperCase(Locale.ROOT)
                                + (member.issue() == null ? "" : " #" + member.issue()) + " "
                                + member.key().marker())
                        .collect(Collectors.joining("\n"))
                + "\n\n" + marker;
    }
}
