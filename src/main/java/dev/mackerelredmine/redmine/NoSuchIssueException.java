package dev.mackerelredmine.redmine;

/** Redmine does not have the issue, or no longer has it. */
public final class NoSuchIssueException extends ParkedException {

    NoSuchIssueException(String message) {
        super(message);
    }
}
