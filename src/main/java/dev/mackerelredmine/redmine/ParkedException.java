package dev.mackerelredmine.redmine;

/** Redmine will never take this as it is: it is put aside with the reason, and the others go on. */
public sealed class ParkedException extends DeliveryException permits NoSuchIssueException {

    public ParkedException(String message) {
        super(message, null, null);
    }
}
