package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.AlertKey;

/** A row of {@link TicketSql#alert}; told (the last event in the ticket) is null for a new alert. */
record AlertRow(
        String org,
        String alertKey,
        long told,
        Long newest,
        Long headline,
        int resends,
        Long notedAt,
        boolean madeAnew,
        Long ticketId,
        Long incident,
        String incidentRole) {

    AlertKey key() {
        return new AlertKey(org, alertKey);
    }
}
