package dev.mackerelredmine.store;

import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.ticket.Membership.Role;
import dev.mackerelredmine.ticket.TicketState;

/**
 * For whoever looks: a ticket that is open, with the worst of its alerts. Times are milliseconds since 1970.
 *
 * @param issue Redmine's number
 * @param state what is known of it, as JSON
 * @param people who is on it, as JSON; or null
 * @param memberPeople of an incident's ticket that nobody has: who is on that of a member, as JSON; or null
 * @param severity the highest that its alert, or the incident, had: 1 to 3; null where that is not counted yet
 * @param escalatesBy of its running escalation; null where none runs, and so are the next five
 * @param round of the next step, from 1
 * @param step the next one, from 0
 * @param alertAge how old its alert was, where nobody is notified because that was too old; else null
 * @param incidentRole as what its alert belongs to an incident; null where it belongs to none, and so are the next three
 * @param incidentKey of the alert that stands for the incident
 * @param incidentIssue Redmine's number of the incident's ticket; null while that does not stand
 */
public record OpenTicket(
        long id,
        long issue,
        String state,
        String people,
        String memberPeople,
        String org,
        String alertKey,
        String status,
        Integer severity,
        String problemKey,
        Long since,
        String escalatesBy,
        Integer round,
        Integer step,
        Long stepDueAt,
        String stoppedBy,
        Long alertAge,
        String incidentRole,
        String incidentKey,
        Long incidentMembers,
        Long incidentIssue) {

    /** Who is on it; of an incident that nobody has, who is on one of its alerts. */
    public WhoIsOnIt whoIsOnIt() {
        String known = memberPeople == null ? people : memberPeople;
        return known == null ? WhoIsOnIt.NOBODY : TicketRow.read(known, WhoIsOnIt.class);
    }

    /** As Redmine shows it; of a ticket of which that is not known, the problem. */
    public String subject() {
        TicketState.Names names =
                state == null ? null : TicketRow.read(state, TicketState.class).names();
        return names == null || names.subject() == null ? Problem.inOneLine(problemKey) : names.subject();
    }

    /** How bad its alert is, or was; null where nothing is known of that. */
    public String worst() {
        return IncidentAlert.worst(severity, status);
    }

    /** Whether this is the ticket of an incident, and not of one of its alerts. */
    public boolean isOfIncident() {
        Role role = Role.of(incidentRole);
        return role == Role.INCIDENT || role == Role.LINE;
    }

    /** Whether it belongs to an incident, and a person did not take it out. */
    public boolean isInIncident() {
        return incidentKey != null && Role.of(incidentRole) != Role.LEFT;
    }

    /** How its escalation stands; null where none runs. */
    public EscalationState escalation() {
        return escalatesBy == null ? null : EscalationState.of(null, stoppedBy, alertAge, stepDueAt);
    }
}
