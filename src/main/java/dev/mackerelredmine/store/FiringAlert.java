package dev.mackerelredmine.store;

/**
 * An alert of a ticket that fires. Times are milliseconds since 1970.
 *
 * @param cameAt when the ticket was created for it, or learned of it, or that it is worse; null: not known
 * @param firstAt when its first notification came in; null: not known
 * @param headline its newest notification of the highest severity, as JSON; or null
 * @param escalatedUntil when the ticket's last escalation ended; null: there was none
 */
public record FiringAlert(Long cameAt, Long firstAt, String headline, Long escalatedUntil) {}
