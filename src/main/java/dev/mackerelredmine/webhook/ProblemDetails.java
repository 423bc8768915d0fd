package dev.mackerelredmine.webhook;

import dev.mackerelredmine.webhook.gate.Keys;

/** Says why a post was not taken, in the shape of application/problem+json (RFC 9457). */
public final class ProblemDetails {

    public ProblemDetail unreadable(String detail) {
        return new ProblemDetail("Not a notification of Mackerel", 400, detail);
    }

    public ProblemDetail notKept() {
        return new ProblemDetail(
                "Could not be kept",
                503,
                "The notification could not be written to disk, and was not taken. Post it again later.");
    }

    public ProblemDetail notDelivered() {
        return new ProblemDetail(
                "Not delivered", 503, "Redmine did not take it, and it is kept nowhere else. Post it again later.");
    }

    public ProblemDetail noKey() {
        return new ProblemDetail(Keys.MISSING, 401, Keys.WHERE_IT_GOES);
    }

    public ProblemDetail noPost() {
        return new ProblemDetail("Not a post", 405, "Only POST is taken.");
    }

    /** The body of such an answer. */
    public record ProblemDetail(String title, int status, String detail) {}
}
