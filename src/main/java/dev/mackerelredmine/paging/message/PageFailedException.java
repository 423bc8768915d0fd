package dev.mackerelredmine.paging.message;

/** A means did not take a page. The message says why in one line, and holds no secret. */
public final class PageFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    public PageFailedException(String message) {
        super(message);
    }
}
