package dev.mackerelredmine.notice;

import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.redmine.RedmineBreaker.Outage;
import dev.mackerelredmine.store.Backlog;
import dev.mackerelredmine.store.Notices;
import dev.mackerelredmine.store.Parked;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.text.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * What the operator has to be notified of, once while its cause lasts. A notice counts as sent when
 * {@link #sent} says so; until then it is sent again after a while.
 */
public final class OperatorNotices {

    private static final String AWAY = "redmine-away";
    private static final String BACK = "redmine-back";
    private static final String STUCK = "stuck";
    private static final String PARKED = "parked";
    private static final String ACTIONS_PARKED = "actions-parked";
    private static final String REFUSED = "refused";
    private static final int MOST_NAMED = 10;

    private final Store store;
    private final RedmineBreaker breaker;
    private final RefusedPosts refused;
    private final Waiting waiting;
    private final Sentences sentences;
    private final Duration stuckAfter;
    private final List<NoticeSource> sources = new CopyOnWriteArrayList<>();
    private volatile NoticeSource sourceOfNotice;
    private volatile List<Parked> parkedInNotice = List.of();
    private volatile List<Parked> actionsInNotice = List.of();
    private volatile Map<Integer, Long> refusedInNotice = Map.of();

    public OperatorNotices(
            Store store, RedmineBreaker breaker, RefusedPosts refused, Waiting waiting, Duration stuckAfter) {
        this.store = store;
        this.breaker = breaker;
        this.refused = refused;
        this.waiting = waiting;
        this.sentences = waiting.sentences();
        this.stuckAfter = stuckAfter;
    }

    /** The next one, or null. */
    public Notice next() {
        sourceOfNotice = null;
        Notices board = store.notices();
        Optional<Notice> ofRedmine = breaker.outage()
                .map(outage -> away(board, outage))
                .orElseGet(() -> board.sentAt(AWAY).flatMap(since -> back(board, since)));
        return ofRedmine
                .or(() -> stuck(board))
                .or(() -> parked(board))
                .or(() -> actionsParked(board))
                .or(() -> refused(board))
                .or(this::others)
                .orElse(null);
    }

    /** One source more, which comes after all others. */
    public void add(NoticeSource source) {
        sources.add(source);
    }

    private Optional<Notice> others() {
        for (NoticeSource source : sources) {
            Notice notice = source.next();
            if (notice != null) {
                sourceOfNotice = source;
                return Optional.of(notice);
            }
        }
        return Optional.empty();
    }

    public void sent(Notice notice) {
        Notices board = store.notices();
        NoticeSource source = sourceOfNotice;
        sourceOfNotice = null;
        if (source != null) {
            source.sent(notice);
            return;
        }
        if (notice.kind().equals(BACK)) {
            board.forget(AWAY);
            return;
        }
        if (notice.kind().equals(PARKED)) {
            board.reportedParked(parkedInNotice);
        }
        if (notice.kind().equals(ACTIONS_PARKED)) {
            board.reportedActions(actionsInNotice);
        }
        if (notice.kind().equals(REFUSED)) {
            refused.reported(refusedInNotice);
        }
        board.sent(notice.kind());
    }

    private Optional<Notice> away(Notices board, Outage outage) {
        return board.raise(AWAY, Instant.EPOCH)
                ? Optional.of(notice(AWAY, sentences.time(outage.since()), outage.why(), waiting.said(false)))
                : Optional.empty();
    }

    /**
     * After a restart it is not known yet whether Redmine, which was reported as away, is back. And it may be away again since the
     * outage was looked at: then it is not back.
     */
    private Optional<Notice> back(Notices board, Instant since) {
        if (!breaker.hasAnswered()) {
            breaker.doubt();
            return Optional.empty();
        }
        return breaker.isClosed() && board.end(AWAY)
                ? Optional.of(
                        notice(BACK, sentences.duration(Duration.between(since, Instant.now())), waiting.said(true)))
                : Optional.empty();
    }

    private Optional<Notice> stuck(Notices board) {
        Backlog backlog = store.deliveries().backlog();
        boolean isStuck = backlog.ageInSeconds(Instant.now(), store.pauses().heldUntil()) > stuckAfter.toSeconds();
        if (isStuck && board.raise(STUCK, Instant.EPOCH)) {
            String since = sentences.time(Instant.ofEpochMilli(backlog.since()));
            return Optional.of(notice(STUCK, since, waiting.said()));
        }
        if (!isStuck && board.end(STUCK)) {
            board.forget(STUCK);
        }
        return Optional.empty();
    }

    private Optional<Notice> parked(Notices board) {
        List<Parked> alerts = board.unreportedParked();
        boolean isUrgent = alerts.stream().anyMatch(Parked::urgent);
        Instant again = isUrgent ? Instant.now() : Instant.now().minus(stuckAfter);
        if (alerts.isEmpty() || !board.raise(PARKED, again)) {
            return Optional.empty();
        }
        parkedInNotice = alerts;
        return Optional.of(notice(PARKED, alerts.size(), named(alerts)));
    }

    private Optional<Notice> actionsParked(Notices board) {
        List<Parked> actions = board.unreportedActions();
        if (actions.isEmpty() || !board.raise(ACTIONS_PARKED, Instant.now().minus(stuckAfter))) {
            return Optional.empty();
        }
        actionsInNotice = actions;
        return Optional.of(notice(ACTIONS_PARKED, actions.size(), named(actions)));
    }

    /** In a line each. */
    private static String named(List<Parked> all) {
        String named = all.stream()
                .limit(MOST_NAMED)
                .map(one -> "\n" + one.alertKey() + ": " + one.parked())
                .collect(Collectors.joining());
        return all.size() > MOST_NAMED ? named + "\n…" : named;
    }

    private Optional<Notice> refused(Notices board) {
        Map<Integer, Long> posts = refused.unreported();
        if (posts.isEmpty() || !board.raise(REFUSED, Instant.now().minus(stuckAfter))) {
            return Optional.empty();
        }
        refusedInNotice = posts;
        String byStatus = posts.entrySet().stream()
                .map(answer -> sentences.say("notice.refused.posts", answer.getKey(), answer.getValue()))
                .collect(Collectors.joining(", "));
        long all = posts.values().stream().mapToLong(Long::longValue).sum();
        return Optional.of(notice(REFUSED, all, byStatus));
    }

    private Notice notice(String kind, Object... values) {
        return new Notice(
                kind, sentences.say("notice." + kind, values), sentences.say("notice." + kind + ".text", values));
    }
}
