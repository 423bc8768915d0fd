package dev.mackerelredmine.ticket;

/**
 * What holds after a creation.
 *
 * @param why what led to it, in words for whoever asks later
 * @param upTo the place of the last change that counts as reported
 */
public record Created(long issue, String why, long upTo, Reported reported, TicketState state) {

    /** Camel writes out what it compares with null, and this holds whole notifications. */
    @Override
    public String toString() {
        return "#" + issue;
    }
}
