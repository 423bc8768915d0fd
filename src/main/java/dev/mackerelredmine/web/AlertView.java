package dev.mackerelredmine.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of an alert.
 *
 * @param severity the highest that it had; or null
 * @param status the last that came in: {@code ok} where it is over
 * @param statusSince since when, by Mackerel's clock; or null
 * @param ticket what is known of its ticket
 * @param people who is on that
 * @param delivery what of it waits
 * @param incident null where it belongs to none
 * @param entries what came in, and what was done, in the order of time
 * @param requests to Redmine for it, since the service started, as far as they are remembered
 */
public record AlertView(
        String org,
        String id,
        String monitor,
        String host,
        String problem,
        String severity,
        String status,
        Instant statusSince,
        String url,
        Ticket ticket,
        People people,
        Delivery delivery,
        Incident incident,
        List<Entry> entries,
        List<Escalation> escalations,
        List<Request> requests) {

    /**
     * @param issue Redmine's number; of a preview, the number that is shown in place of it; or null
     * @param url null in a preview, and where there is no ticket
     * @param isFromPreview whether the alert came in during a preview: Redmine has no such ticket
     * @param isDeleted whether it was deleted in Redmine
     * @param none why there is none; null where there is, or would be, one
     */
    public record Ticket(Long issue, String url, boolean isFromPreview, boolean isDeleted, NoTicket none) {}

    /**
     * Why an alert has no ticket.
     *
     * @param word {@code parked, paused, redmine-away, under-way, waits, dropped, decided} or {@code unknown}
     * @param why in other words; or null
     */
    public record NoTicket(String word, String why) {}

    /**
     * @param person who is on it; null: nobody
     * @param how by which act; or null
     * @param givenTo who was given it and has not answered; or null
     * @param givenBy by whom; or null
     * @param firstAcknowledged when a person had its ticket first, whoever has it now, as figures count it; null: nobody ever, or not counted
     * @param isCounted false of an incident: figures count its alerts
     */
    public record People(
            String person,
            String how,
            Instant since,
            String givenTo,
            String givenBy,
            Instant givenAt,
            Instant firstAcknowledged,
            boolean isCounted) {}

    /**
     * @param waits whether something came in that Redmine does not have
     * @param parked why Redmine does not take it as it is; or null
     * @param since since when it is parked, or else waits; or null
     * @param failure what went wrong at the last try; or null
     * @param tries how often in a row that went wrong
     * @param nextTry null: not before something happens
     * @param isUnderWay whether it is being delivered at this moment
     * @param held why nothing is delivered: {@code paused} or {@code redmine-away}; or null
     */
    public record Delivery(
            boolean waits,
            String parked,
            Instant since,
            String failure,
            int tries,
            Instant nextTry,
            boolean isUnderWay,
            String held) {}

    /**
     * The incident that an alert belongs to, or stands for.
     *
     * @param role {@code incident, child, line} or {@code left}
     * @param id of the alert that stands for it; or null
     * @param issue Redmine's number of its ticket; null while that does not stand
     * @param url of that; or null
     * @param total how many alerts it has, of an alert that stands for it; else null
     * @param firing how many of them fire
     * @param members the worst first
     */
    public record Incident(
            String role, String id, Long issue, String url, Integer total, Integer firing, List<Member> members) {}

    /** @param issue Redmine's number of its own ticket; null where it is a line of the incident's */
    public record Member(
            String org, String id, String problem, String severity, String status, Long issue, String url) {}

    /** What matters of it, to be drawn. */
    public AlertTimeline timeline(Instant now) {
        return AlertTimeline.of(this, now);
    }

    /**
     * Something that came in, or was done; what the one kind does not have is null of it.
     *
     * @param kind {@code event} or {@code step}
     * @param status of an event
     * @param message of an event
     * @param happened when it happened, by Mackerel's clock
     * @param isFound whether no webhook came for it
     * @param raw the notification as it was posted, as JSON
     * @param action of a step, such as {@code create}
     * @param issue of a step: Redmine's number
     * @param why of a step
     * @param by the person who did it; null: the service
     */
    public record Entry(
            Instant at,
            String kind,
            String event,
            String status,
            String message,
            Instant happened,
            boolean isFound,
            @JsonRawValue String raw,
            String action,
            Long issue,
            String why,
            String by) {

        /** For people to read. */
        @JsonIgnore
        public String pretty() {
            return RawJson.pretty(raw);
        }
    }

    /** A request to Redmine, and how long it took until its answer began. */
    public record Request(Instant at, String method, String path, String outcome, Duration took) {}

    /**
     * @param state {@code runs, exhausted, stopped, too-old} or {@code ended}
     * @param why it ended, or who stopped it; or null
     * @param by who acknowledged it, where that ended it; else null
     * @param round of the next step, from 1
     * @param step the next one, from 1
     * @param due when that is; null unless it runs
     */
    public record Escalation(
            String policy,
            Instant starts,
            Instant ended,
            String state,
            String why,
            String by,
            int round,
            int step,
            Instant due,
            List<EscalationStep> steps,
            List<Sent> pages) {}

    /** @param step from 1 */
    public record EscalationStep(Instant at, int round, int step, String why) {}

    /** A page that was sent, or was to be. */
    public record Sent(Instant at, String kind, String person, String means, String state, String why) {}
}
