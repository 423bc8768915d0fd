package dev.mackerelredmine.page;

/**
 * One message to one person by one means: the body of {@code direct:notify}.
 *
 * @param id the same for the same page, which may be sent more than once, and no other page's
 * @param kind {@code page}; {@code over}, which says that the alert has recovered; {@code hand-over}; or {@code test}
 * @param person as Redmine shows the name of the person or the group
 * @param means such as {@code slack}
 * @param contact that person's address for the means; null where it has none
 * @param text one line for a phone: what, where, since when
 * @param ticket what it is about
 * @param round 1, 2 …; 0 where it belongs to none
 * @param step 1, 2 …, as people count; 0 where it belongs to none
 */
public record Page(
        String id,
        String kind,
        String person,
        String means,
        String contact,
        String text,
        Ticket ticket,
        int round,
        int step) {

    /**
     * @param number Redmine's
     * @param severity {@code critical}, {@code warning} or {@code unknown}
     * @param openedAt when the alert opened, in seconds since 1970; null where that is not known
     */
    public record Ticket(long number, String url, String subject, String severity, Long openedAt) {}
}
