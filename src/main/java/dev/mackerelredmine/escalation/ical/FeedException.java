package dev.mackerelredmine.escalation.ical;

/** Why a calendar cannot be had or read, in words for the operator and without the calendar's address. */
final class FeedException extends Exception {

    private static final long serialVersionUID = 1L;

    FeedException(String reason) {
        super(reason);
    }
}
