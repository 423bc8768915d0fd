package dev.mackerelredmine.mackerelapi;

import java.time.Duration;
import java.util.Optional;

/** That Mackerel did not do what it was asked. The message is for the operator, and holds no key. */
public final class MackerelException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What the caller can do about it. */
    public enum Kind {
        /** No answer, or 5xx: ask again later. */
        AWAY,
        /** 429: ask less. */
        TOO_MANY,
        /** 401 or 403: a person has to correct the key, or from where it may be used. */
        REFUSED,
        /** 404. */
        NOT_FOUND,
        /** Any other answer that is not what Mackerel documents. */
        UNEXPECTED,
        /** It was not asked, because of our own limit. */
        OVER_BUDGET
    }

    private final Kind kind;
    private final Duration retryAfter;

    public MackerelException(Kind kind, String message) {
        this(kind, message, null, null);
    }

    MackerelException(Kind kind, String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** How long Mackerel wants us to wait, where it says so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
