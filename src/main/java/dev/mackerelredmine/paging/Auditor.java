package dev.mackerelredmine.paging;

import dev.mackerelredmine.notice.Notice;
import dev.mackerelredmine.notice.NoticeSource;
import dev.mackerelredmine.store.EscalatableTicket;
import dev.mackerelredmine.store.EscalationRow;
import dev.mackerelredmine.store.Notices;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.text.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Checks each minute that escalations work: each ticket with an escalation policy has a row, and no step and no page is overdue. The operator
 * is notified of those that do not, of people who were not reached at all, and of a pause that somebody forgot.
 */
public final class Auditor implements NoticeSource {

    static final String STUCK = "escalation-stuck";
    static final String EXHAUSTED = "escalation-exhausted";
    static final String PAUSED = "escalation-paused";

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** An audit that is older says nothing. */
    private static final Duration FRESH = Duration.ofMinutes(3);

    private static final int MOST_NAMED = 10;

    private final Store store;
    private final CurrentFile file;
    private final Sentences sentences;
    private final Limits limits;
    private final InstantSource clock;
    private volatile Audit last;
    private volatile List<EscalationRow> inNotice = List.of();

    /**
     * @param late how long something may be overdue: a claim's lease, and a minute
     * @param toAnswer how long whoever was notified by the last step has to answer, before nobody is expected to
     * @param redmine its address, without a slash at its end
     */
    public record Limits(Duration late, Duration toAnswer, String redmine) {}

    /** What was found: the tickets whose escalation is stuck, and all that is wrong, in lines. */
    private record Audit(Instant at, long stuck, List<String> lines) {}

    public Auditor(Store store, CurrentFile file, Sentences sentences, Limits limits, InstantSource clock) {
        this.store = store;
        this.file = file;
        this.sentences = sentences;
        this.limits = limits;
        this.clock = clock;
    }

    /** Called every minute. */
    public void audit() {
        last = null;
        List<String> lines = new ArrayList<>();
        file.mistakes().forEach(mistake -> lines.add(sentences.say("escalation.file", mistake)));
        List<EscalatableTicket> without = store.escalations().toBegin().stream()
                .filter(ticket -> !file.now().policies().containsKey(ticket.policy()))
                .toList();
        without.forEach(
                ticket -> lines.add(sentences.say("escalation.no-policy", named(ticket.issue()), ticket.policy())));
        Set<Long> stuck =
                new TreeSet<>(without.stream().map(EscalatableTicket::issue).toList());
        store.escalations().stuck(clock.instant().minus(limits.late())).stream()
                .filter(stuck::add)
                .forEach(issue -> lines.add(sentences.say("escalation.late", named(issue))));
        last = new Audit(clock.instant(), stuck.size(), lines);
    }

    private String named(long issue) {
        return limits.redmine() + "/issues/" + issue;
    }

    /** Of how many tickets the escalation is stuck. @throws IllegalStateException where the last audit is too old, or failed */
    public long stuck() {
        return audited().stuck();
    }

    private Audit audited() {
        Audit audit = last;
        if (audit == null || audit.at().plus(FRESH).isBefore(clock.instant())) {
            throw new IllegalStateException("whether an escalation is stuck could not be checked");
        }
        return audit;
    }

    @Override
    public Notice next() {
        Notices board = store.notices();
        return Optional.ofNullable(last)
                .flatMap(audit -> stuck(board, audit))
                .or(() -> exhausted(board))
                .or(() -> paused(board))
                .orElse(null);
    }

    @Override
    public void sent(Notice notice) {
        if (notice.kind().equals(EXHAUSTED)) {
            store.escalations().reportedExhausted(inNotice);
        }
        store.notices().sent(notice.kind());
    }

    private Optional<Notice> stuck(Notices board, Audit audit) {
        return whileItLasts(
                board,
                STUCK,
                !audit.lines().isEmpty(),
                () -> notice(STUCK, audit.lines().size(), list(audit.lines(), line -> line)));
    }

    private Optional<Notice> exhausted(Notices board) {
        List<EscalationRow> rows = store.escalations().unreportedExhausted(limits.toAnswer());
        if (rows.isEmpty() || !board.raise(EXHAUSTED, clock.instant())) {
            return Optional.empty();
        }
        inNotice = rows;
        return Optional.of(notice(EXHAUSTED, rows.size(), list(rows, this::exhausted)));
    }

    private String exhausted(EscalationRow row) {
        return row.alertAge() == null
                ? sentences.say("escalation.exhausted", named(row.issue()), row.policyName())
                : sentences.say(
                        "escalation.too-old",
                        named(row.issue()),
                        row.policyName(),
                        sentences.duration(Duration.ofMillis(row.alertAge())));
    }

    private Optional<Notice> paused(Notices board) {
        Instant since = store.escalations().pausedSince().orElse(null);
        boolean isLong = since != null && !since.plus(LONGEST_PAUSE).isAfter(clock.instant());
        return whileItLasts(board, PAUSED, isLong, () -> notice(PAUSED, sentences.time(Objects.requireNonNull(since))));
    }

    private static Optional<Notice> whileItLasts(Notices board, String kind, boolean lasts, Supplier<Notice> notice) {
        return board.isDue(kind, lasts, Instant.EPOCH) ? Optional.of(notice.get()) : Optional.empty();
    }

    private static <T> String list(List<T> all, Function<T, String> line) {
        String named = all.stream()
                .limit(MOST_NAMED)
                .map(one -> "\n" + line.apply(one))
                .collect(Collectors.joining());
        return all.size() > MOST_NAMED ? named + "\n…" : named;
    }

    private Notice notice(String kind, Object... values) {
        return new Notice(
                kind, sentences.say("notice." + kind, values), sentences.say("notice." + kind + ".text", values));
    }
}
