package dev.mackerelredmine.watch;

import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.UnansweredTicket;
import dev.mackerelredmine.store.WatchTurn;
import dev.mackerelredmine.store.WatchedTicket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls Redmine for what people did to our open tickets: one poll at a time among all services, one request after the other, and none while no
 * ticket is open. A request that Redmine does not answer is repeated at the next poll, and logged once.
 */
public final class RedmineWatch {

    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

    /** If a service is killed during its poll, the others have to wait this long. */
    private static final Duration LEASE = LONGEST_POLL.plusSeconds(30);

    /** A timer's next time is a little before that, rather than after it. */
    private static final Duration EARLY = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(RedmineWatch.class);

    private final Store store;
    private final PeopleReader reader;
    private final Limits limits;
    private final BooleanSupplier mayAsk;
    private final InstantSource clock;
    private final Members members;
    private RedminePoll.Left left = RedminePoll.Left.NOTHING;
    private String failure;

    /**
     * How often, and how long.
     *
     * @param interval asked for after each poll
     * @param unansweredAfter after which an unanswered ticket is read once more, before the operator is notified
     */
    public record Limits(Supplier<Duration> interval, Duration unansweredAfter) {}

    /** @param mayAsk whether Redmine is there, and we do not stop just now */
    public RedmineWatch(Store store, PeopleReader reader, Limits limits, BooleanSupplier mayAsk, InstantSource clock) {
        this.store = store;
        this.reader = reader;
        this.limits = limits;
        this.mayAsk = mayAsk;
        this.clock = clock;
        this.members = new Members(reader::ignores, clock);
    }

    /** A poll, where one is due and no other service takes it; else null. */
    public RedminePoll begin() {
        if (!reader.isOn() || !mayAsk.getAsBoolean()) {
            return null;
        }
        List<WatchedTicket> open = store.people().open();
        if (open.isEmpty()) {
            left = RedminePoll.Left.NOTHING;
            store.people().rest();
            return null;
        }
        Optional<WatchTurn> turn = store.people().claim(LEASE);
        if (turn.isEmpty()) {
            return null;
        }
        boolean isBusy = store.deliveries().backlog().waiting() > 0;
        Stream<Long> reopened = open.stream().filter(WatchedTicket::isToBeRead).map(WatchedTicket::issue);
        List<Long> due = Stream.concat(reopened, unanswered()).distinct().toList();
        return new RedminePoll(reader, members, new RedminePoll.Begin(turn.get(), open, clock, isBusy, due, left));
    }

    /** The issues that are soon to be reported as unanswered, and so are read once more before. */
    private Stream<Long> unanswered() {
        Instant now = clock.instant();
        return store.people().unanswered().stream()
                .filter(ticket -> ticket.due(limits.unansweredAfter())
                        .filter(due -> !due.isAfter(now) && !ticket.isAskedSince(due))
                        .isPresent())
                .map(UnansweredTicket::issue);
    }

    /** Whether there is one more question. */
    public boolean asksMore(RedminePoll poll) {
        boolean isOver = clock.instant().isAfter(poll.begun().plus(LONGEST_POLL));
        return !isOver && mayAsk.getAsBoolean() && poll.next();
    }

    /** The answer to a question that is no ticket. */
    public void answered(RedminePoll poll, byte[] answer) throws IOException {
        poll.answered(answer);
    }

    /** The answer to a question for a ticket; null: it was deleted. */
    public void shown(RedminePoll poll, Issue issue) {
        poll.shown(issue);
    }

    /** A question that was not answered: the poll goes on where that is the answer, else it ends. */
    public void failed(RedminePoll poll, Exception why) {
        if (why instanceof DeliveryException refusal && poll.goesOnAfter(refusal)) {
            return;
        }
        poll.fail();
        String message = String.valueOf(why.getMessage());
        if (!message.equals(failure)) {
            LOG.warn("What people did in Redmine could not be read completely, and is read again: {}", message);
        }
        failure = message;
    }

    public void end(RedminePoll poll) {
        if (!poll.hasFailed() && failure != null) {
            LOG.info("What people did in Redmine can be read again");
            failure = null;
        }
        left = poll.left();
        store.people()
                .end(
                        poll.turn(),
                        poll.knownUpTo(),
                        poll.lastSweep(),
                        poll.begun().plus(limits.interval().get()).minus(EARLY));
    }
}
