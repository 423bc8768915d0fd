package dev.mackerelredmine.redmine.check;

/** A line cannot be checked, because something else, which has a line of its own, is wrong. */
final class NotKnownException extends RuntimeException {

    NotKnownException(String subject) {
        super("depends on " + subject);
    }
}
