package dev.mackerelredmine.web;

import dev.mackerelredmine.operate.CurrentPause;
import dev.mackerelredmine.operate.ParkedAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How all stands: what the first page shows, and the API answers.
 *
 * @param unanswered how many tickets somebody should have by now, and nobody has
 * @param tickets those that are open: first the unanswered, then the newest
 * @param openTickets how many there are; the lists have the first of them
 * @param held why nothing is delivered: {@code paused} or {@code redmine-away}; or null
 * @param escalationsPaused since when nobody is notified, because people hold escalations; or null
 * @param mackerel null where Mackerel's API is not asked
 */
public record Standing(
        State state,
        long unanswered,
        List<TicketView> tickets,
        long openTickets,
        Deliveries deliveries,
        String held,
        Instant escalationsPaused,
        List<HourView> flow,
        Redmine redmine,
        Instant lastPost,
        Mackerel mackerel) {

    /** The same without what changes all the time, though nothing happens. */
    Standing withoutFigures() {
        return new Standing(
                state,
                unanswered,
                tickets,
                openTickets,
                deliveries,
                held,
                escalationsPaused,
                List.of(),
                null,
                lastPost,
                mackerel);
    }

    /**
     * @param level {@code ok}, {@code attention} or {@code bad}
     * @param word what is the matter, such as {@code redmine-away}
     * @param since when it began; or null
     * @param why in Redmine's words, or who did it; or null
     * @param count of what it counts; or null
     */
    public record State(String level, String word, Instant since, String why, Long count) {}

    /**
     * @param issue Redmine's number
     * @param url of it in Redmine; null in a preview
     * @param id Mackerel's, of its worst alert
     * @param severity the highest that this had; or null
     * @param status of it: {@code ok} where it is over
     * @param since when its alert came in first; or null
     * @param person who is on it; of an incident that nobody has, who is on one of its alerts; or null
     * @param how by which act; or null
     * @param personSince or null
     * @param givenTo who was given it and has not answered; or null
     * @param isUnanswered whether somebody should have it by now, and nobody has
     * @param answerDue until when somebody has to have it; null where that is not asked
     * @param escalation that runs; or null
     * @param incident to which it belongs, or which it is the ticket of; or null
     */
    public record TicketView(
            long issue,
            String url,
            String org,
            String id,
            String subject,
            String severity,
            String status,
            Instant since,
            String person,
            String how,
            Instant personSince,
            String givenTo,
            boolean isUnanswered,
            Instant answerDue,
            EscalationView escalation,
            IncidentView incident) {}

    /**
     * @param state {@code runs, exhausted, stopped} or {@code too-old}
     * @param round from 1
     * @param step the next one, from 1
     * @param due when that is; null unless it runs
     */
    public record EscalationView(String policy, String state, int round, int step, Instant due, String stoppedBy) {}

    /**
     * @param id of the alert that stands for it
     * @param issue Redmine's number of its ticket; null while that does not stand
     * @param members how many alerts it has
     * @param isTicket whether the ticket is the incident's own, and not that of one of its alerts
     */
    public record IncidentView(String id, Long issue, long members, boolean isTicket) {}

    /**
     * @param events how many are not delivered yet, of how many problems
     * @param parked the first of those that are
     * @param paused null where people do not hold deliveries
     */
    public record Deliveries(
            long events,
            long problems,
            Instant oldest,
            long parkedAlerts,
            List<WaitingView> waiting,
            List<ParkedAlert> parked,
            CurrentPause paused) {}

    /**
     * @param severity the highest that its alert had; or null
     * @param nextTry null: not before something more comes in
     * @param isUnderWay whether it is being delivered at this moment
     * @param tries how often in a row that went wrong
     */
    public record WaitingView(
            String org,
            String id,
            String severity,
            String status,
            String problem,
            long events,
            Instant since,
            Instant nextTry,
            boolean isUnderWay,
            int tries,
            String why) {}

    public record HourView(Instant begins, long events) {}

    /**
     * Requests to Redmine within the last 15 minutes, by this service.
     *
     * @param answers {@code yes}, {@code no}, {@code not-asked} within that time, or {@code preview}: it is never asked
     * @param lastAnswer when it answered last; null: not since the start
     * @param median null where there were none
     * @param perMinute how many there were within the last minute
     * @param budget how many there may be in a minute; null: any number
     */
    public record Redmine(
            String answers,
            Instant lastAnswer,
            long requests,
            long failed,
            Duration median,
            Duration p95,
            long perMinute,
            Long budget) {}

    /** @param channel {@code works}, or what is the matter with it; null where that is not known */
    public record Mackerel(long webhooksLost, String channel) {}
}
