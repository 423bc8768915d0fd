package dev.mackerelredmine.people;

import java.util.Locale;

/** What acknowledges a ticket, as the setting ticket.acknowledged-by writes it. */
public enum CountsAs {
    ASSIGNEE(How.ASSIGNEE),
    STATUS(How.STATUS),
    NOTE(How.NOTE);

    private final How how;

    CountsAs(How how) {
        this.how = how;
    }

    public How how() {
        return how;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
