package dev.mackerelredmine;

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

    /** The body of such an answer. */
    public record ProblemDetail(String title, int status, String detail) {}
}
