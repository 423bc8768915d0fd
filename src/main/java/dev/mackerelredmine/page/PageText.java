package dev.mackerelredmine.page;

import dev.mackerelredmine.ticket.text.Sentences;
import java.time.Instant;
import java.util.Locale;

/** What a person reads on a phone: one line of at most 200 characters. What is too long costs the ticket's subject its end. */
public final class PageText {

    static final int MOST = 200;

    private static final String UNKNOWN = "UNKNOWN";
    private static final int LEAST_OF_A_SUBJECT = 20;

    private final Sentences sentences;

    public PageText(Sentences sentences) {
        this.sentences = sentences;
    }

    /**
     * @param kind {@code page}, {@code over}, {@code hand-over} or {@code test}
     * @param ticket null where it is about none
     * @param step as people count; 0: none
     * @param capped how many pages of that person and means were held back since the last one
     */
    public String of(String kind, Page.Ticket ticket, int step, long capped) {
        if (ticket == null || kind.equals("test")) {
            return PlainText.cut(PlainText.oneLine(sentences.say("page.test")), MOST);
        }
        String subject = subject(ticket);
        String link = PlainText.oneLine(ticket.url());
        int tooMuch = length(line(kind, ticket, subject, step, capped) + " " + link) - MOST;
        if (tooMuch > length(subject) - LEAST_OF_A_SUBJECT) {
            // A line without its link is of more use than one that does not say what it is about.
            tooMuch = tooMuch - 1 - length(link);
            link = "";
        }
        String shorter = tooMuch > 0 ? PlainText.cut(subject, length(subject) - tooMuch) : subject;
        return PlainText.cut((line(kind, ticket, shorter, step, capped) + " " + link).strip(), MOST);
    }

    private String line(String kind, Page.Ticket ticket, String subject, int step, long capped) {
        String details = (ticket.openedAt() == null ? "" : say("page.since", since(ticket)))
                + (step > 0 ? say("page.step", step) : "")
                + (capped > 0 ? say("page.more", capped) : "");
        return PlainText.oneLine(say("page." + kind, subject, ticket.number(), details));
    }

    private String since(Page.Ticket ticket) {
        return sentences.shortTime(Instant.ofEpochSecond(ticket.openedAt()));
    }

    private String say(String word, Object... values) {
        return sentences.say(word, values);
    }

    /** The severity stands in it once: a template may have left it out. */
    private static String subject(Page.Ticket ticket) {
        String subject = PlainText.oneLine(ticket.subject());
        String severity = PlainText.oneLine(ticket.severity()).toUpperCase(Locale.ROOT);
        if (subject.isEmpty()) {
            return severity;
        }
        return severity.equals(UNKNOWN) || subject.toUpperCase(Locale.ROOT).contains(severity)
                ? subject
                : severity + ": " + subject;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
