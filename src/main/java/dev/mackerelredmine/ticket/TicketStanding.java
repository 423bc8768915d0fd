package dev.mackerelredmine.ticket;

/** How a ticket stands in Redmine. The order is that of the columns of {@link LifecycleTable}. */
enum TicketStanding {
    OPEN("open"),
    /** Closed, with the status that we gave it. */
    CLOSED_BY_US("closed by us"),
    CLOSED_BY_A_PERSON("closed by a person"),
    /** Deleted. */
    GONE("deleted");

    private final String words;

    TicketStanding(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
