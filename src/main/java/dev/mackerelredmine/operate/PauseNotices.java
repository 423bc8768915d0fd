package dev.mackerelredmine.operate;

import dev.mackerelredmine.notice.Notice;
import dev.mackerelredmine.notice.NoticeSource;
import dev.mackerelredmine.store.Pause;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.text.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Reminds the operator of a pause that somebody may have forgotten: after an hour, and each day. */
public final class PauseNotices implements NoticeSource {

    static final String KIND = "deliveries-paused";

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration AGAIN = Duration.ofDays(1);

    private final Store store;
    private final Sentences sentences;
    private final InstantSource clock;

    public PauseNotices(Store store, Sentences sentences, InstantSource clock) {
        this.store = store;
        this.sentences = sentences;
        this.clock = clock;
    }

    @Override
    public Notice next() {
        Instant now = clock.instant();
        Optional<Pause> pause = store.pauses().now();
        boolean isLong = pause.filter(
                        stands -> stands.pausedAt() <= now.minus(LONG).toEpochMilli())
                .isPresent();
        return store.notices().isDue(KIND, isLong, now.minus(AGAIN)) ? notice(pause.get()) : null;
    }

    private Notice notice(Pause pause) {
        String since = sentences.time(Instant.ofEpochMilli(pause.pausedAt()));
        long waiting = store.deliveries().backlog().waiting();
        return new Notice(
                KIND,
                sentences.say("notice." + KIND),
                sentences.say("notice." + KIND + ".text", since, pause.pausedBy(), waiting));
    }

    @Override
    public void sent(Notice notice) {
        store.notices().sent(KIND);
    }
}
