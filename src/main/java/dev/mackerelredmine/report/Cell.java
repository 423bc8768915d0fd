package dev.mackerelredmine.report;

/** What stands in a table or a list: a text, or the link to a ticket. @param issue null: none */
record Cell(String text, Long issue) {

    static Cell of(Object text) {
        return new Cell(String.valueOf(text), null);
    }

    /** @param issue null: a dash */
    static Cell ofTicket(Long issue) {
        return issue == null ? of("–") : new Cell("", issue);
    }
}
