package dev.mackerelredmine.camel;

/** A step of a route that people edit failed. The message says the file, the line and the step, in one line. */
public final class StepFailedException extends Exception {

    StepFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
