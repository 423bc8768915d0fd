package dev.mackerelredmine.store;

import java.time.Duration;

/**
 * How a store works.
 *
 * @param stream keeps apart what is never to be delivered together: what was received to be delivered, and each run of preview
 * @param notesHostEvents whether the open tickets of a host get notes about what happens to it
 * @param backoff between the tries of a delivery, and of an action
 * @param lease for how long a worker that delivers is left alone when it does not report
 */
public record StoreOptions(
        StoreAddress address, String stream, boolean notesHostEvents, Backoff backoff, Duration lease) {}
