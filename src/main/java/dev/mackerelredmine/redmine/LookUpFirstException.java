package dev.mackerelredmine.redmine;

import java.time.Instant;

/** Redmine may have done it: the next try looks before it sends anything again. */
public final class LookUpFirstException extends DeliveryException {

    private final boolean answered;

    /** Whether Redmine answered: then it is done with the request; else the request may still be running. */
    public LookUpFirstException(String message, Throwable cause, Instant notBefore, boolean answered) {
        super(message, cause, notBefore);
        this.answered = answered;
    }

    public boolean answered() {
        return answered;
    }
}
