package dev.mackerelredmine.web;

import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.store.EscalationState;
import dev.mackerelredmine.store.OpenTicket;
import dev.mackerelredmine.web.Standing.EscalationView;
import dev.mackerelredmine.web.Standing.IncidentView;
import dev.mackerelredmine.web.Standing.TicketView;
import java.time.Instant;

/** Puts together what is known of an open ticket. */
final class TicketViews {

    private final RedmineSide redmine;

    TicketViews(RedmineSide redmine) {
        this.redmine = redmine;
    }

    /** @param due until when somebody has to have it; null where that is not asked */
    TicketView view(OpenTicket ticket, Instant due, Instant now) {
        WhoIsOnIt people = ticket.whoIsOnIt();
        Act has = people.acknowledged();
        return new TicketView(
                ticket.issue(),
                redmine.ticket(ticket.issue()),
                ticket.org(),
                ticket.isOfIncident() ? ticket.incidentKey() : ticket.alertKey(),
                ticket.subject(),
                ticket.worst(),
                ticket.status(),
                instant(ticket.since()),
                has == null ? null : has.by().name(),
                has == null ? null : has.how().toString(),
                has == null ? null : has.time(),
                people.handOver() == null ? null : people.handOver().to().name(),
                due != null && !due.isAfter(now),
                due,
                escalation(ticket),
                incident(ticket));
    }

    private static EscalationView escalation(OpenTicket ticket) {
        EscalationState state = ticket.escalation();
        return state == null
                ? null
                : new EscalationView(
                        ticket.escalatesBy(),
                        state.toString(),
                        ticket.round(),
                        ticket.step() + 1,
                        state == EscalationState.RUNS ? instant(ticket.stepDueAt()) : null,
                        ticket.stoppedBy());
    }

    private static IncidentView incident(OpenTicket ticket) {
        return ticket.isInIncident()
                ? new IncidentView(
                        ticket.incidentKey(), ticket.incidentIssue(), ticket.incidentMembers(), ticket.isOfIncident())
                : null;
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
