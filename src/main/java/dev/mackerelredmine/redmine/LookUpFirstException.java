package dev.mackerelredmine.redmine;

import java.time.Instant;

/** Redmine may have done it: the next try searches Redmine before it sends anything again. */
public final class LookUpFirstException extends DeliveryException {

    private final Request request;

    /** What is known of the request whose outcome is not. */
    public enum Request {
        /** It may still be running in Redmine. */
        MAY_RUN,
        /** It was answered, and so is over. */
        IS_OVER,
        /** Something refused it (4xx), and it may run all the same. Where it was not done, the next try sends less. */
        REFUSED,
        /** It is over: Redmine itself failed (500), and may fail for ever at the same content. */
        FAILED
    }

    public LookUpFirstException(String message, Throwable cause, Instant notBefore, Request request) {
        super(message, cause, notBefore);
        this.request = request;
    }

    public Request request() {
        return request;
    }
}
