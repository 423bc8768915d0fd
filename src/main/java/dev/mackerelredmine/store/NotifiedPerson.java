package dev.mackerelredmine.store;

import java.time.Instant;

/** @param at when a means took the first page to that person, in milliseconds since 1970 */
record NotifiedPerson(String person, long at) {

    Instant since() {
        return Instant.ofEpochMilli(at);
    }
}
