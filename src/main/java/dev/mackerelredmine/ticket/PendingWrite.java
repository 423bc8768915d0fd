package dev.mackerelredmine.ticket;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What was about to be written to Redmine, kept on disk before it is sent: whoever does not know the outcome looks for it first.
 *
 * @param at when it was sent; {@link Instant#EPOCH} where Redmine is certainly done with it
 * @param intent what will hold when Redmine did it
 * @param refusals how often in a row something refused it (4xx), so that less was sent each time
 * @param failures how often in a row Redmine failed at it (500), although it was there
 * @param othersTaken whether Redmine took what was written for other alerts since the first of those failures
 */
public record PendingWrite(Instant at, Intent intent, int refusals, int failures, boolean othersTaken) {

    /** Two could be chance: a database that undoes one of two writers is a 500, too. By five, half a minute has passed. */
    private static final int FAILURES_UNTIL_PARKED = 5;

    /** With each refusal less was sent: without the notification, the memo, all fields. Then a person has to look. */
    private static final int REFUSALS_UNTIL_PARKED = 4;

    /** How much the text may tell at the next try. */
    public TextLevel text() {
        return TextLevel.after(refusals);
    }

    /** Whether the next try does without every field. */
    public boolean isWithoutFields() {
        return refusals >= TextLevel.values().length;
    }

    /** Whether it was refused even without all that can be left out. */
    boolean isRefusedForGood() {
        return refusals >= REFUSALS_UNTIL_PARKED;
    }

    /** Whether Redmine failed at it as it was: then it is written in basic characters. */
    public boolean hasFailed() {
        return failures > 0;
    }

    /** Whether it is a poison message: it failed in basic characters, again and again, while Redmine did what other alerts need. */
    boolean isPoison() {
        return failures >= FAILURES_UNTIL_PARKED && othersTaken;
    }

    /**
     * What will hold when Redmine did it.
     *
     * @param alert the store's number of the alert that it tells of
     * @param upTo the place of the last change that it tells
     * @param action the word of a {@link TicketAction}
     * @param why what led to it, in words for whoever asks later
     * @param reference the word by which its note is found in the journals; null for a creation, which is found by its marker
     * @param reported what the ticket then reports; null for a creation, which reports all that there is
     * @param state what is then known of the ticket; null for a creation, of which Redmine's answer says it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Intent(
            long alert,
            long upTo,
            String action,
            String why,
            String reference,
            @JsonProperty("told") Marks reported,
            TicketState state) {}

    /** {@link Reported} as the store keeps it: changes by their places, the time in milliseconds since 1970. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Marks(long newest, long headline, String status, int resends, long notedAt, boolean madeAnew) {
        public static Marks of(Reported reported) {
            return new Marks(
                    reported.newest().seq(),
                    reported.headline().seq(),
                    reported.newest().status().toString(),
                    reported.resends(),
                    reported.notedAt().toEpochMilli(),
                    reported.madeAnew());
        }
    }
}
