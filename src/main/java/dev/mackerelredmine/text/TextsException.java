package dev.mackerelredmine.text;

/** A file of texts cannot be used; the message says which, in which line, and why. */
public final class TextsException extends RuntimeException {

    TextsException(String message, Throwable cause) {
        super(message, cause);
    }
}
