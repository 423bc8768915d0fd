package dev.mackerelredmine.mackerel;

/**
 * What was posted is no notification. The message is for the sender: it says what is wrong and where,
 * in one line, and repeats no more than a few words of what was sent. Sending the same again cannot help.
 */
public final class UnreadableNotificationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableNotificationException(String message) {
        super(message);
    }
}
