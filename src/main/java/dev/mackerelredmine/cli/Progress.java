package dev.mackerelredmine.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** What a command is about to do, in one line of a terminal that is gone at its end. Where there is no terminal it says nothing. */
final class Progress implements AutoCloseable {

    private static final String CLEARED = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean isSeen = Ansi.AUTO.enabled();

    Progress(PrintWriter err) {
        this.err = err;
    }

    void says(String what) {
        print(CLEARED + what + " ...");
    }

    @Override
    public void close() {
        print(CLEARED);
    }

    private void print(String text) {
        if (isSeen) {
            err.print(text);
            err.flush();
        }
    }
}
