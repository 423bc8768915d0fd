package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import java.time.Instant;

/**
 * An alert that an incident's ticket lists.
 *
 * @param status that it has now
 * @param openedAt by Mackerel's clock
 * @param issue Redmine's number of its own ticket; null where it has none
 * @param notification the first that came in of it
 */
public record IncidentMember(
        AlertKey key, AlertStatus status, Instant openedAt, Long issue, Notification notification) {}
