package dev.mackerelredmine.ticket;

/** How a ticket stands in Redmine. */
enum Standing {
    OPEN,
    /** Closed, with the status that we gave it. */
    CLOSED_BY_US,
    CLOSED_BY_A_PERSON,
    /** Deleted. */
    GONE
}
