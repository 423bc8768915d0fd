package dev.mackerelredmine.redmine;

/** Redmine does not take this as it is: it is parked with the reason, and the others go on. */
public sealed class ParkedException extends DeliveryException permits NoSuchIssueException, InvalidException {

    public ParkedException(String message) {
        super(message, null, null);
    }
}
