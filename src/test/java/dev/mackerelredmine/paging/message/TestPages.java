package dev.mackerelredmine.paging.message;

/** A page of a critical alert, with what a test changes. */
public final class TestPages {

    public static final String TEXT =
            "CRITICAL: web1 CPU %, since 11/30 09:41, escalation step 2. Please look at ticket #42: https://redmine.example.jp/issues/42";

    private TestPages() {}

    public static Page by(String means, String contact) {
        return by(means, contact, TEXT);
    }

    public static Page by(String means, String contact, String text) {
        return new Page("page-7", "page", "Hanako Yamada", means, contact, text, ticket("CRITICAL: web1 CPU %"), 1, 2);
    }

    public static Page.Ticket ticket(String subject) {
        return new Page.Ticket(42, "https://redmine.example.jp/issues/42", subject, "critical", 1_796_000_000L);
    }
}
