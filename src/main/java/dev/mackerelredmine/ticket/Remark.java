package dev.mackerelredmine.ticket;

import java.util.List;

/** A sentence for a ticket's reader about what this service did, or did not do. */
public record Remark(Kind kind, List<Object> values) {

    public Remark {
        values = List.copyOf(values);
    }

    public static Remark of(Kind kind, Object... values) {
        return new Remark(kind, List.of(values));
    }

    /** What it says; the values that belong to it are named. Values are texts or whole numbers. */
    public enum Kind {
        /** The ticket is closed with this note. */
        CLOSED,
        /** All alerts are over, and the ticket stays open, because settings say so. */
        LEFT_OPEN,
        /** Left open: {0} other alerts of the ticket still fire. */
        LEFT_OPEN_OTHERS_FIRE,
        /** Left open: a person has changed the status. */
        LEFT_OPEN_STATUS_TAKEN,
        /** Left open: the workflow does not allow this user to close it (or it has open subtasks, or is blocked). */
        LEFT_OPEN_NOT_ALLOWED,
        /** The ticket is opened again; it is the {0}th time. */
        REOPENED,
        /** It fires again and the ticket is not opened again, because the workflow does not allow this user to. */
        LEFT_CLOSED_NOT_ALLOWED,
        /** The same fault fired again for a short while, and the ticket stays closed; it is the {0}th time. */
        FLAPPED,
        /** A new alert of the same problem belongs to this ticket from now on. */
        JOINED,
        /** It still fires; Mackerel said so {0} times. */
        STILL_FIRES,
        /** It still fires, although the ticket is closed. */
        STILL_FIRES_THOUGH_CLOSED,
        /** It came in late, and is noted for the record. */
        LATE,
        /** Redmine has no {0} named {1}: the default was taken. {0} is a word such as {@code project}, {@code assignee}. */
        NO_SUCH_NAME,
        /** Nobody is on call in the rota {0}: the default was taken. */
        NOBODY_ON_CALL,
        /** The ticket is the second one of its alert, which goes on in ticket {0}. */
        DUPLICATE,
        /** Redmine failed at the text as it was, so it is written in basic characters. */
        BASIC_CHARACTERS,
        /** The field {0} was refused by Redmine, and is left out. {0} is a word such as {@code assignee}. */
        LEFT_OUT,
        /** The custom field of number {0} was refused by Redmine, and is left out. */
        FIELD_LEFT_OUT,
        /** It is assigned to the API key's user, because Redmine refuses the assignee that it takes by itself. */
        ASSIGNED_TO_ME,
        /** Redmine did not take the graph of the alert. */
        GRAPH_LOST,
        /** Why Redmine refused: {0}, in its own words. */
        REDMINE_SAYS,
        /** Something in front of Redmine refused the full text. */
        SHORTENED,
        /** The ticket goes on from ticket {0}, which Redmine lets nobody of us write to any more. */
        INSTEAD,
        /** It was found by asking Mackerel, and no webhook came for it. */
        FOUND,
        /** {0} was to be the assignee, being notified, and Redmine has or takes no such one. */
        NOT_ASSIGNED,
        /** A text that ticket-changed.camel.yaml adds: {0}. */
        ADDED;

        /** Whether it says what becomes of the ticket's status. */
        boolean isOfStatus() {
            return this == CLOSED || this == REOPENED;
        }
    }
}
