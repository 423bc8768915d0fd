package dev.mackerelredmine.watch;

import dev.mackerelredmine.notice.Notice;
import dev.mackerelredmine.notice.NoticeSource;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.UnansweredTicket;
import dev.mackerelredmine.ticket.text.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Notifies the operator, once for each, of critical tickets that nobody has acknowledged for too long. Several come in one notice. A ticket's
 * journals are read once more before, in case somebody has just taken it.
 */
public final class UnansweredNotices implements NoticeSource {

    static final String KIND = "unanswered";

    private static final int MOST_NAMED = 10;

    private final Store store;
    private final Sentences sentences;
    private final Duration after;
    private final String redmine;
    private final InstantSource clock;
    private volatile List<UnansweredTicket> inNotice = List.of();

    /**
     * @param after how long a ticket may be unanswered where its policy does not say; zero is for ever
     * @param redmine its address
     */
    public UnansweredNotices(Store store, Sentences sentences, Duration after, String redmine, InstantSource clock) {
        this.store = store;
        this.sentences = sentences;
        this.after = after;
        this.redmine = redmine;
        this.clock = clock;
    }

    @Override
    public Notice next() {
        Instant now = clock.instant();
        List<UnansweredTicket> tickets = store.people().unanswered().stream()
                .filter(ticket -> ticket.due(after)
                        .filter(due -> !due.isAfter(now) && ticket.isAskedSince(due))
                        .isPresent())
                .toList();
        if (tickets.isEmpty() || !store.notices().raise(KIND, Instant.now())) {
            return null;
        }
        inNotice = tickets;
        String named = tickets.stream().limit(MOST_NAMED).map(this::line).collect(Collectors.joining());
        String more = tickets.size() > MOST_NAMED ? "\n…" : "";
        return new Notice(
                KIND,
                sentences.say("notice." + KIND, tickets.size()),
                sentences.say("notice." + KIND + ".text", tickets.size(), named + more));
    }

    private String line(UnansweredTicket ticket) {
        return "\n"
                + sentences.say(
                        "notice." + KIND + ".ticket",
                        ticket.issue(),
                        ticket.subject(),
                        sentences.time(ticket.begun()),
                        redmine + "/issues/" + ticket.issue());
    }

    @Override
    public void sent(Notice notice) {
        store.people().unansweredReported(inNotice);
        store.notices().sent(KIND);
    }
}
