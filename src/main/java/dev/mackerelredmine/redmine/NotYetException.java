package dev.mackerelredmine.redmine;

import java.time.Instant;

/** Nothing went wrong: it is not time yet, so Redmine was not asked, and no try counts. */
public final class NotYetException extends DeliveryException {

    public NotYetException(String message, Instant notBefore) {
        super(message, null, notBefore);
    }
}
