package dev.mackerelredmine.redmine;

import java.time.Instant;

/** Redmine did nothing, but may do it later: the same is tried again. */
public sealed class TryAgainException extends DeliveryException permits SendAgainException {

    public TryAgainException(String message, Throwable cause, Instant notBefore) {
        super(message, cause, notBefore);
    }
}
