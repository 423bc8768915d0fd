package dev.mackerelredmine.demo;

import dev.mackerelredmine.redmine.Issue.Named;
import java.time.Instant;
import java.time.LocalDate;

/** Something that happens in the story. */
sealed interface Happening {

    Instant at();

    /**
     * Mackerel posts something of an alert.
     *
     * @param json the notification
     * @param escalates whether people are paged for the alert, while nobody answers
     * @param refused why Redmine will not take it; null: it does
     */
    record Post(Instant at, String alert, String json, boolean escalates, String refused) implements Happening {}

    /**
     * A person does something to an alert's ticket.
     *
     * @param to whom the ticket is given, where it is handed over; else null
     * @param note what the person writes; empty: nothing
     */
    record Act(Instant at, String alert, Kind kind, Named by, Named to, String note) implements Happening {}

    /**
     * A person makes the ticket of a counter-measure.
     *
     * @param due by when it is to be done
     */
    record Promise(Instant at, String subject, Named assignee, LocalDate due) implements Happening {}

    /** A person closes it. */
    record Kept(Instant at, String subject) implements Happening {}

    /** What a person may do. */
    enum Kind {
        TAKE,
        HAND_OVER,
        NOTE,
        CLOSE
    }
}
