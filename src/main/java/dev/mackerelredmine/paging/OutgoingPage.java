package dev.mackerelredmine.paging;

import dev.mackerelredmine.paging.message.Page;
import dev.mackerelredmine.store.PendingPage;

/**
 * A page that is to be sent now.
 *
 * @param pending by which the store knows it
 * @param page what routes/notify.camel.yaml gets
 */
public record OutgoingPage(PendingPage pending, Page page) {

    /** For people: {@code Ticket #42: Hanako Yamada by slack}. It holds no contact, because that may be a secret. */
    @Override
    public String toString() {
        return "ticket #" + pending.issue() + ": " + pending.person() + " by " + pending.means()
                + (pending.kind().equals("page") ? "" : " (" + pending.kind() + ")");
    }
}
