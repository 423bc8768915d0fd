package dev.mackerelredmine.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last requests to Redmine of this run, for people to look at. They are kept in memory only. */
public final class RecentRequests {

    private static final int KEPT = 2000;

    private final Deque<Request> last = new ArrayDeque<>();
    private Instant lastAnswer;

    /**
     * @param at when it was sent
     * @param path without Redmine's own, and without what it asks for
     * @param outcome Redmine's status, or {@code no-answer}
     * @param took until its answer began
     * @param alert for which it was made, as the log names it; or null
     */
    public record Request(Instant at, String method, String path, String outcome, Duration took, String alert) {

        /** Whether Redmine did not do it, though it may do so at another time. */
        public boolean isFailed() {
            return outcome.equals(RedmineRequests.NO_ANSWER) || outcome.startsWith("5");
        }
    }

    public synchronized void add(Request request) {
        last.addLast(request);
        if (!request.isFailed()) {
            lastAnswer = request.at().plus(request.took());
        }
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    /** For one alert, the oldest first. */
    public synchronized List<Request> of(String alert) {
        return last.stream().filter(request -> alert.equals(request.alert())).toList();
    }

    /** When Redmine answered last; empty: not since the start. */
    public synchronized Optional<Instant> lastAnswer() {
        return Optional.ofNullable(lastAnswer);
    }

    /** Since then, the oldest first. */
    public synchronized List<Request> since(Instant from) {
        return last.stream().filter(request -> !request.at().isBefore(from)).toList();
    }
}
