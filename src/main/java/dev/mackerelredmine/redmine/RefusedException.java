package dev.mackerelredmine.redmine;

/** Redmine refuses us as a whole (key, permission, certificate, address): nothing works until a person corrects it, then all does. */
public final class RefusedException extends DeliveryException {

    public RefusedException(String message, Throwable cause) {
        super(message, cause, null);
    }
}
