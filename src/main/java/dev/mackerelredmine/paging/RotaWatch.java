package dev.mackerelredmine.paging;

import dev.mackerelredmine.escalation.ical.RotaFeeds;
import dev.mackerelredmine.escalation.ical.StaleFeed;
import dev.mackerelredmine.notice.Notice;
import dev.mackerelredmine.notice.NoticeSource;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.text.Sentences;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** Fetches the calendars of the rotas. While there are some that could not be fetched for a day, or never, the operator is notified once a day. */
public final class RotaWatch implements NoticeSource {

    static final String STALE = "rota-stale";

    private static final Duration AGAIN_AFTER = Duration.ofDays(1);

    private final RotaFeeds feeds;
    private final CurrentFile file;
    private final Store store;
    private final Sentences sentences;
    private final InstantSource clock;

    public RotaWatch(RotaFeeds feeds, CurrentFile file, Store store, Sentences sentences, InstantSource clock) {
        this.feeds = feeds;
        this.file = file;
        this.store = store;
        this.sentences = sentences;
        this.clock = clock;
    }

    /** Called every five minutes. */
    public void refresh() {
        feeds.refresh(file.now());
    }

    @Override
    public Notice next() {
        List<StaleFeed> stale = feeds.stale(file.now());
        boolean isDue =
                store.notices().isDue(STALE, !stale.isEmpty(), clock.instant().minus(AGAIN_AFTER));
        return isDue ? notice(stale) : null;
    }

    @Override
    public void sent(Notice notice) {
        store.notices().sent(STALE);
    }

    private Notice notice(List<StaleFeed> stale) {
        String lines = stale.stream().map(feed -> "\n" + line(feed)).collect(Collectors.joining());
        return new Notice(
                STALE,
                sentences.say("notice.rota-stale", stale.size()),
                sentences.say("notice.rota-stale.text", stale.size(), lines));
    }

    private String line(StaleFeed feed) {
        return feed.lastGood() == null
                ? sentences.say("rota.never", feed.rota(), feed.key(), feed.reason())
                : sentences.say("rota.since", feed.rota(), feed.key(), feed.reason(), sentences.time(feed.lastGood()));
    }
}
