package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.ticket.TicketAction.ATTACH;
import static dev.mackerelredmine.ticket.TicketAction.CLOSE;
import static dev.mackerelredmine.ticket.TicketAction.COUNT;
import static dev.mackerelredmine.ticket.TicketAction.CREATE;
import static dev.mackerelredmine.ticket.TicketAction.LIST;
import static dev.mackerelredmine.ticket.TicketAction.NOTE;
import static dev.mackerelredmine.ticket.TicketAction.NOTHING;
import static dev.mackerelredmine.ticket.TicketAction.REMIND;
import static dev.mackerelredmine.ticket.TicketAction.REOPEN;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is to be done, by what happened to an alert (rows) and by the state of its ticket (columns). docs/lifecycle.md shows the same table. */
final class LifecycleTable {

    private static final Map<Effect, List<TicketAction>> ROWS = new EnumMap<>(Effect.class);

    static {
        // The columns are the constants of TicketStanding, in their order: open, closed by the bot, closed by a person,
        // deleted.
        row(Effect.WORSE_OR_AGAIN, NOTE, REOPEN, REOPEN, CREATE);
        row(Effect.CHANGED, NOTE, REOPEN, NOTE, CREATE);
        row(Effect.MESSAGE, NOTE, NOTE, NOTE, NOTHING);
        row(Effect.RESEND, COUNT, COUNT, REMIND, COUNT);
        row(Effect.RECOVERED, CLOSE, NOTHING, NOTE, NOTHING);
        row(Effect.LATE, NOTE, NOTE, NOTE, NOTHING);
        row(Effect.HOST, NOTE, NOTHING, NOTHING, NOTHING);
        row(Effect.LIST, LIST, LIST, NOTHING, NOTHING);
        row(Effect.GRAPH, ATTACH, ATTACH, ATTACH, NOTHING);
        row(Effect.NONE, NOTHING, NOTHING, NOTHING, NOTHING);
    }

    private LifecycleTable() {}

    private static void row(Effect effect, TicketAction... byStanding) {
        ROWS.put(effect, List.of(byStanding));
    }

    static TicketAction action(Effect effect, TicketStanding standing) {
        return ROWS.get(effect).get(standing.ordinal());
    }
}
