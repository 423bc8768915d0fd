package dev.mackerelredmine.operate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the service is, on one screen. What is null is not known, or not used.
 *
 * @param at when this was read
 * @param unanswered how many critical tickets nobody has answered in time
 * @param unacknowledged how many open tickets of alerts that fire nobody has acknowledged
 * @param lastPost when Mackerel posted last, by our clock
 * @param redmine null during a preview
 * @param mackerel null where mackerel.apikey is not set
 * @param paused null where deliveries are not paused
 * @param unreachable why the running service could not be asked; null where it was
 */
public record Status(
        State state,
        Instant at,
        Waiting waiting,
        Parked parked,
        long unanswered,
        long unacknowledged,
        Escalations escalations,
        Instant lastPost,
        Redmine redmine,
        Mackerel mackerel,
        CurrentPause paused,
        String unreachable) {

    /**
     * What is not delivered.
     *
     * @param since when the oldest of it came in, or null
     */
    public record Waiting(long events, long problems, Instant since) {}

    /**
     * What Redmine would not take.
     *
     * @param actions actions after ticket changes that are parked until the next start
     * @param reasons for which the alerts are parked, the most frequent first
     */
    public record Parked(long alerts, long actions, List<Reason> reasons) {}

    /**
     * A reason for which some of the alerts are parked.
     *
     * @param since when the first of them was parked
     */
    public record Reason(String reason, long alerts, Instant since) {}

    /**
     * Who is notified while nobody answers.
     *
     * @param pausedSince null where escalations are not paused
     */
    public record Escalations(long running, Instant pausedSince) {}

    /**
     * Redmine, as the running service finds it.
     *
     * @param away whether it is taken for away, so that nothing is delivered; or null
     * @param latency of an answer since the start of the service, on average; or null
     * @param slowest the slowest answer of the last minutes; or null
     */
    public record Redmine(String url, Boolean away, Duration latency, Duration slowest) {}

    /**
     * What is known of our channel at Mackerel.
     *
     * @param channelWorks whether all alerts are posted to it; or null
     * @param webhooksLost how many changes were found for which no webhook had come, and of which the operator was not notified yet
     */
    public record Mackerel(Boolean channelWorks, long webhooksLost) {}
}
