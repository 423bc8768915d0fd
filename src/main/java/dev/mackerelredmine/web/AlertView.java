package dev.mackerelredmine.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of an alert.
 *
 * @param ticket Redmine's number of it; or null
 * @param ticketUrl null in a preview, and where there is no ticket
 * @param status the last that came in
 * @param person who is on its ticket; or null
 * @param parked why Redmine will not take it; or null
 * @param failure what went wrong at the last try; or null
 * @param entries what came in, and what was done, in the order of time
 * @param requests to Redmine for it, since the service started, as far as they are remembered
 */
public record AlertView(
        String org,
        String id,
        boolean isFromPreview,
        String monitor,
        String host,
        String problem,
        String status,
        String url,
        Long ticket,
        String ticketUrl,
        String person,
        String how,
        Instant personSince,
        String parked,
        Instant nextTry,
        String failure,
        List<Entry> entries,
        List<Escalation> escalations,
        List<Request> requests) {

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

    /** @param now how it stands */
    public record Escalation(
            String policy, Instant starts, Instant ended, String now, List<EscalationStep> steps, List<Sent> pages) {}

    /** @param step from 1 */
    public record EscalationStep(Instant at, int round, int step, String why) {}

    /** A page that was sent, or was to be. */
    public record Sent(Instant at, String kind, String person, String means, String state, String why) {}
}
