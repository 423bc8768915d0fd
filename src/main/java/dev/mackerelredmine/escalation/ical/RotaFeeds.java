package dev.mackerelredmine.escalation.ical;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.IcalRota;
import dev.mackerelredmine.escalation.IcalRotas;
import dev.mackerelredmine.escalation.Rota;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The rotas that stand in calendars. Nothing is fetched until {@link #refresh} or the first question; a calendar is kept when escalation.yaml
 * is read again. While a feed is away, the last good copy counts, which is kept on disk.
 */
public final class RotaFeeds implements IcalRotas {

    private static final Duration STALE_AFTER = Duration.ofDays(1);

    private final Path folder;
    private final Clock clock;
    private final boolean isForCommand;
    private final FeedSource source = new FeedSource();
    private final Map<Feed.Key, Feed> feeds = new ConcurrentHashMap<>();

    /** @param folder where copies are kept; need not be there */
    public RotaFeeds(Path folder, Clock clock) {
        this(folder, clock, false);
    }

    private RotaFeeds(Path folder, Clock clock, boolean isForCommand) {
        this.folder = folder;
        this.clock = clock;
        this.isForCommand = isForCommand;
    }

    /** For a command beside the service: each calendar is fetched when it is first asked, and nothing is written or logged. */
    public static RotaFeeds forCommand(Path folder, Clock clock) {
        return new RotaFeeds(folder, clock, true);
    }

    @Override
    public Rota of(IcalRota definition) {
        Feed base = feed(definition, "ical", definition.ical());
        Feed overrides =
                definition.overrides().isBlank() ? null : feed(definition, "overrides", definition.overrides());
        return new FeedRota(base, overrides);
    }

    private Feed feed(IcalRota definition, String key, String text) {
        String address = text.strip();
        if (address.isEmpty()) {
            throw new IllegalArgumentException(key + ": it is empty");
        }
        try {
            FeedSource.check(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage());
        }
        return feeds.computeIfAbsent(
                new Feed.Key(definition.name(), key, address, definition.zone()),
                it -> new Feed(it, KeptCopy.of(folder, address), source, clock, isForCommand));
    }

    /** Fetches all calendars of the file; takes 15 seconds at most for each. What fails is logged, once, and seen by {@link #stale}. */
    public void refresh(EscalationFile file) {
        feeds(file).forEach(Feed::refresh);
    }

    /** Those that could not be fetched for a day, or never. */
    public List<StaleFeed> stale(EscalationFile file) {
        Instant since = clock.instant().minus(STALE_AFTER);
        return feeds(file)
                .filter(feed -> feed.calendar().isEmpty() || feed.lastGood().isBefore(since))
                .map(feed -> new StaleFeed(feed.key().rota(), feed.key().key(), feed.lastGood(), feed.failure()))
                .toList();
    }

    private static Stream<Feed> feeds(EscalationFile file) {
        return file.rotas().values().stream().flatMap(FeedRota::feeds);
    }
}
