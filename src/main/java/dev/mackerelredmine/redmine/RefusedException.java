package dev.mackerelredmine.redmine;

/** Redmine refuses every request (key, permission, certificate, address), until a person corrects it. */
public final class RefusedException extends DeliveryException {

    public RefusedException(String message, Throwable cause) {
        super(message, cause, null);
    }
}
