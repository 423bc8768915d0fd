package dev.mackerelredmine.redmine;

/** The same request can be sent again at once: it never reached Redmine, or it only reads. */
public final class SendAgainException extends TryAgainException {

    public SendAgainException(String message, Throwable cause) {
        super(message, cause, null);
    }
}
