package dev.mackerelredmine.redmine;

import java.time.Instant;
import java.util.Optional;

/**
 * A call to Redmine that did not succeed. Its subclasses say what is to be done about it; errors.camel.yaml handles each kind.
 * Messages are for the person on call: they never hold a key or a body.
 */
public abstract sealed class DeliveryException extends Exception
        permits TryAgainException, LookUpFirstException, RefusedException, ParkedException, NotYetException {

    private final transient Instant notBefore;

    DeliveryException(String message, Throwable cause, Instant notBefore) {
        super(message, cause);
        this.notBefore = notBefore;
    }

    /** The time before which trying again is useless or unwelcome, where there is one. */
    public final Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }
}
