package dev.mackerelredmine.redmine;

/** Redmine does not have the issue, or not any more. */
public final class NoSuchIssueException extends ParkedException {

    NoSuchIssueException(String message) {
        super(message);
    }
}
