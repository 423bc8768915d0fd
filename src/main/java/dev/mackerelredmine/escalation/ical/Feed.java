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
    private final boolean isForCommand;
    private volatile ShiftCalendar calendar;
    private volatile Instant lastGood;
    private volatile String failure;
    private volatile boolean isOpen;
    private boolean hasReadCopy;
    private String tag;

    Feed(Key key, KeptCopy copy, FeedSource source, Clock clock, boolean isForCommand) {
        this.key = key;
        this.copy = copy;
        this.source = source;
        this.clock = clock;
        this.isForCommand = isForCommand;
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

    /** Empty: there was no good copy yet. The first time, it is fetched where no copy is kept, and by a command. */
    Optional<ShiftCalendar> calendar() {
        if (!isOpen && (calendar == null || isForCommand)) {
            open();
        }
        return Optional.ofNullable(calendar);
    }

    private synchronized void open() {
        if (!hasReadCopy) {
            readCopy();
        }
        if (!isOpen && (calendar == null || isForCommand)) {
            refresh();
        }
    }

    private void readCopy() {
        hasReadCopy = true;
        try {
            Optional<KeptCopy.Content> kept = copy.read();
            if (kept.isPresent()) {
                calendar = read(kept.get().bytes());
                lastGood = kept.get().at();
            }
        } catch (FeedException | IOException e) {
            warn("The stored copy of {} cannot be used: {}", key, reason(e));
        }
    }

    synchronized void refresh() {
        if (!hasReadCopy) {
            readCopy();
        }
        try {
            fetch();
            if (failure != null) {
                LOG.info("The calendar {} was fetched again", key);
            }
            failure = null;
        } catch (FeedException e) {
            if (!e.getMessage().equals(failure)) {
                warn("The calendar {} could not be fetched: {}{}", key, e.getMessage(), whatCounts());
            }
            failure = e.getMessage();
        }
        isOpen = true;
    }

    private void fetch() throws FeedException {
        FeedSource.Answer answer = source.fetch(key.address(), tag);
        Instant now = clock.instant();
        if (answer.content() != null) {
            calendar = read(answer.content());
        }
        tag = answer.tag();
        lastGood = now;
        if (!isForCommand) {
            keep(answer.content(), now);
        }
    }

    /** It is asked once, so that what no shift can be made of is refused, and does not fail in the middle of an escalation. */
    private ShiftCalendar read(byte[] content) throws FeedException {
        try {
            ShiftCalendar read = ShiftCalendar.read(content, key.zone());
            read.at(clock.instant());
            return read;
        } catch (RuntimeException | StackOverflowError e) {
            throw new FeedException("it is not understood (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** @param content null: the copy is still what the feed has */
    private void keep(byte[] content, Instant now) {
        try {
            if (content != null) {
                copy.write(content, now);
            } else {
                copy.confirm(now);
            }
        } catch (IOException e) {
            tag = null;
            warn("{} could not be stored, and is used only until the service stops: {}", key, reason(e));
        }
    }

    /** A command says itself what is wrong. */
    private void warn(String message, Object... arguments) {
        if (!isForCommand) {
            LOG.warn(message, arguments);
        }
    }

    private String whatCounts() {
        return calendar == null ? ". Nobody is on call by it" : ". The copy of " + lastGood + " is used";
    }

    private static String reason(Exception e) {
        return e instanceof FeedException ? e.getMessage() : e.getClass().getSimpleName();
    }
}
