package dev.mackerelredmine.store;

import java.time.Instant;

/**
 * For whoever looks: a page.
 *
 * @param round from 1; 0 where it belongs to none
 * @param step from 0
 * @param state {@code waiting}, {@code accepted}, {@code answered}, {@code failed}, {@code dropped}, or {@code capped}: it is sent later, or was
 *     counted in another
 * @param why of that state, or of the last try; or null
 * @param at since when it has the state, in milliseconds since 1970; of an answered one: when the means took it
 */
public record PageRow(
        String kind, int round, int step, String person, String means, String state, String why, long at) {

    public Instant time() {
        return Instant.ofEpochMilli(at);
    }
}
