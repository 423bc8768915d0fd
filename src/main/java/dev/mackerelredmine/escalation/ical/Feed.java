package dev.mackerelredmine.escalation.ical;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A calendar that is fetched again and again. While it is away, or what comes is refused, the last good copy counts. */
final class Feed {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    /**
     * @param rota whose feed it is
     * @param key {@code ical} or {@code overrides}
     * @param address a secret
     * @param zone where the calendar names none; may be null
     */
    record Key(String rota, String key, String address, ZoneId zone) {

        @Override
        public String toString() {
            return "\"" + key + "\" of the rota " + rota;
        }
    }

    private final Key key;
    private final KeptCopy copy;
    private final FeedSource source;
    private final Clock clock;
    private volatile ShiftCalendar calendar;
    private volatile Instant lastGood;
    private volatile String failure;
    private boolean isOpen;
    private String tag;

    Feed(Key key, KeptCopy copy, FeedSource source, Clock clock) {
        this.key = key;
        this.copy = copy;
        this.source = source;
        this.clock = clock;
    }

    Key key() {
        return key;
    }

    /** Null: there was no good copy yet. */
    Instant lastGood() {
        return lastGood;
    }

    /** Why the last fetch was no good; null: it was. */
    String failure() {
        return failure;
    }

    Optional<Shift> at(Instant at) {
        return calendar().flatMap(it -> it.at(at));
    }

    /** Empty: there was no good copy yet. The first time, it is fetched where no copy is kept. */
    Optional<ShiftCalendar> calendar() {
        if (calendar == null) {
            open();
        }
        return Optional.ofNullable(calendar);
    }

    private synchronized void open() {
        if (isOpen) {
            return;
        }
        readCopy();
        if (calendar == null) {
            refresh();
        }
    }

    private void readCopy() {
        isOpen = true;
        try {
            Optional<KeptCopy.Content> kept = copy.read();
            if (kept.isPresent()) {
                calendar = ShiftCalendar.read(kept.get().bytes(), key.zone());
                lastGood = kept.get().at();
            }
        } catch (FeedException | IOException e) {
            LOG.warn("The copy that was kept of {} cannot be used: {}", key, reason(e));
        }
    }

    synchronized void refresh() {
        if (!isOpen) {
            readCopy();
        }
        try {
            fetch();
            if (failure != null) {
                LOG.info("There is {} again", key);
            }
            failure = null;
        } catch (FeedException e) {
            if (!e.getMessage().equals(failure)) {
                LOG.warn("There is no new {}: {}{}", key, e.getMessage(), whatCounts());
            }
            failure = e.getMessage();
        }
    }

    private void fetch() throws FeedException {
        FeedSource.Answer answer = source.fetch(key.address(), tag);
        Instant now = clock.instant();
        if (answer.content() != null) {
            calendar = ShiftCalendar.read(answer.content(), key.zone());
        }
        tag = answer.tag();
        lastGood = now;
        try {
            if (answer.content() != null) {
                copy.write(answer.content(), now);
            } else {
                copy.confirm(now);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be kept on disk, and counts until the service stops: {}", key, reason(e));
        }
    }

    private String whatCounts() {
        return calendar == null ? ". Nobody is on call by it" : ". The copy of " + lastGood + " counts";
    }

    private static String reason(Exception e) {
        return e instanceof FeedException ? e.getMessage() : e.getClass().getSimpleName();
    }
}
