package dev.mackerelredmine.escalation.ical;

import java.time.Instant;

/**
 * A calendar that could not be fetched for a day, or never.
 *
 * @param rota whose calendar it is
 * @param key {@code ical} or {@code overrides}
 * @param lastGood from when the copy is that counts; null: there is none, so nobody is on call
 * @param reason why there is no newer one, without the address
 */
public record StaleFeed(String rota, String key, Instant lastGood, String reason) {}
