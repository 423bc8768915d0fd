package dev.mackerelredmine.ticket;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What is decided about a ticket, now that it is known what Redmine shows of it. */
public enum TicketAction {
    CREATE,
    /** Only a graph came in. */
    ATTACH,
    /** The list of an incident is written anew, without a note. */
    LIST,
    NOTE,
    /** A note, too: the alert is worse than it ever was. */
    WORSE,
    CLOSE,
    REOPEN,
    /** A new alert of the same problem belongs to the problem's ticket. */
    JOIN,
    /** A person closed the ticket, and the alert still fires. */
    REMIND,
    /** It was said again, and that is only counted. */
    COUNT,
    NOTHING;

    /** The words of those by which an alert comes to its ticket. */
    public static final Set<String> GIVE_A_TICKET = EnumSet.of(CREATE, REOPEN, JOIN).stream()
            .map(TicketAction::toString)
            .collect(Collectors.toUnmodifiableSet());

    /** The words of those by which a person sees something new in a ticket. */
    public static final Set<String> CHANGES_OF_TICKETS = EnumSet.of(CREATE, NOTE, WORSE, CLOSE, REOPEN, JOIN).stream()
            .map(TicketAction::toString)
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
