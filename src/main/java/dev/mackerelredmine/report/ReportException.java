package dev.mackerelredmine.report;

/** A report could not be written; the message says why, and what a person can do about it. */
public final class ReportException extends Exception {

    private static final long serialVersionUID = 1;

    ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
