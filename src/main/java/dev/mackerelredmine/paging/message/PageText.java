package dev.mackerelredmine.paging.message;

import dev.mackerelredmine.ticket.text.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * @param kind {@code page}, {@code over}, {@code hand-over}, {@code worse}, {@code again} or {@code test}
     * @param ticket null where it is about none
     * @param step as people count; 0: none
     * @param held how many more pages of that person and means were held back
     */
    public String of(String kind, Page.Ticket ticket, int step, long held) {
        return of(kind, ticket, step, held, Duration.ZERO);
    }

    /** @param silence for how long there was no word of the ticket, for the kind {@code again} */
    public String of(String kind, Page.Ticket ticket, int step, long held, Duration silence) {
        if (ticket == null || kind.equals("test")) {
            return PlainText.cut(PlainText.oneLine(sentences.say("page.test")), MOST);
        }
        String subject = subject(ticket);
        String link = PlainText.oneLine(ticket.url());
        UnaryOperator<String> line = about -> line(kind, ticket, about, details(ticket, step, held), silence);
        int tooMuch = length(line.apply(subject) + " " + link) - MOST;
        if (tooMuch > length(subject) - LEAST_OF_A_SUBJECT) {
            // A line without its link is of more use than one that does not say what it is about.
            tooMuch = tooMuch - 1 - length(link);
            link = "";
        }
        String shorter = tooMuch > 0 ? PlainText.cut(subject, length(subject) - tooMuch) : subject;
        return PlainText.cut((line.apply(shorter) + " " + link).strip(), MOST);
    }

    private String line(String kind, Page.Ticket ticket, String subject, String details, Duration silence) {
        return PlainText.oneLine(say("page." + kind, subject, ticket.number(), details, sentences.duration(silence)));
    }

    private String details(Page.Ticket ticket, int step, long held) {
        return (ticket.openedAt() == null ? "" : say("page.since", since(ticket)))
                + (step > 0 ? say("page.step", step) : "")
                + (held > 0 ? say("page.more", held) : "");
    }

    /** For the ticket, whose readers know what it is about: who is notified, and why. */
    public String inTicket(String person, int step) {
        return PlainText.oneLine(say("page.in-ticket", person, step));
    }

    /** For the ticket: a line for each step of a round. */
    public String of(RoundReport report) {
        return Stream.of(
                        Stream.of(say("round.over", report.round())),
                        report.steps().stream().map(this::line),
                        Stream.of(say(report.isFollowed() ? "round.next" : "round.last")))
                .flatMap(lines -> lines)
                .map(PlainText::oneLine)
                .collect(Collectors.joining("\n"));
    }

    private String line(RoundReport.Step step) {
        if (step.sent().isEmpty()) {
            return say(
                    "round.skipped",
                    step.step(),
                    listed(step.why().stream().map(why -> say("round." + why.code(), why.name(), why.means()))));
        }
        return say(
                "round.step",
                step.step(),
                listed(step.sent().stream()
                        .map(one -> say("round.sent", one.person(), one.means(), say("round." + one.outcome())))));
    }

    private String listed(Stream<String> parts) {
        return parts.reduce((before, one) -> before + say("round.more", one)).orElse("");
    }

    private String since(Page.Ticket ticket) {
        return sentences.spokenTime(Instant.ofEpochSecond(ticket.openedAt()));
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
