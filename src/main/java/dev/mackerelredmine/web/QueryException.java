package dev.mackerelredmine.web;

/** What an address asks for is not understood; the message says why to whoever asked. */
public final class QueryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public QueryException(String message) {
        super(message);
    }
}
