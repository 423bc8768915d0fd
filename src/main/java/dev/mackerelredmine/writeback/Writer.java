package dev.mackerelredmine.writeback;

import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.store.PendingAction;
import dev.mackerelredmine.store.Purpose;

/** One thing that is written to Mackerel after a change of a ticket. */
public interface Writer {

    /** Whose actions it runs. */
    Purpose purpose();

    /** What is written, for the log: {@code memo}. */
    String what();

    /** How many requests one action needs at most. */
    int requests();

    /** Writes it, however often it was written before. */
    void write(PendingAction action) throws MackerelException;
}
