package dev.mackerelredmine.store;

/** The store cannot be opened, or not be used; the message says why, and what to do. */
public final class StoreException extends RuntimeException {

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
