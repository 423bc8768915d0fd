package dev.mackerelredmine.mackerelapi;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many requests Mackerel gets in any one minute: few while there is nothing to catch up with, more when there is. Mackerel documents no
 * limit of its own for what we ask. What writes leaves room for a poll.
 */
public final class RequestBudget {

    public static final int AT_REST = 10;
    public static final int CATCHING_UP = 60;

    /** What is written leaves that to polls. */
    static final int FOR_POLLS = 10;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Deque<Instant> sent = new ArrayDeque<>();
    private int most = AT_REST;

    public RequestBudget(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on there is nothing to catch up with: a poll has seen all. */
    public synchronized void rest() {
        most = AT_REST;
    }

    /** From now on there is. */
    public synchronized void catchUp() {
        most = CATCHING_UP;
    }

    /** Whether so many requests may be sent, beside those of a poll. */
    public synchronized boolean hasRoomFor(int requests) {
        forgetOld();
        return sent.size() + requests <= CATCHING_UP - FOR_POLLS;
    }

    /** @throws MackerelException where no more may be sent in this minute */
    synchronized void take() throws MackerelException {
        forgetOld();
        if (sent.size() >= most) {
            throw new MackerelException(
                    MackerelException.Kind.OVER_BUDGET,
                    "Mackerel got " + most + " requests in a minute, which is all that we allow ourselves");
        }
        sent.add(clock.instant());
    }

    /** The same for what is sent beside polls. */
    synchronized void takeBeside() {
        sent.add(clock.instant());
    }

    private void forgetOld() {
        Instant minuteAgo = clock.instant().minus(MINUTE);
        while (!sent.isEmpty() && !sent.peek().isAfter(minuteAgo)) {
            sent.remove();
        }
    }
}
