package dev.mackerelredmine.redmine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When to check whether Redmine made a change that it answered with 204. Permissions are given by project and tracker, so the first change in
 * each is checked, and then one an hour; where something was dropped, every one.
 */
public final class WriteChecks {

    private static final Duration SEEN_FOR = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Place, Seen> seen = new ConcurrentHashMap<>();

    public WriteChecks() {
        this(Clock.systemUTC());
    }

    WriteChecks(Clock clock) {
        this.clock = clock;
    }

    private record Place(long project, long tracker) {
        static Place of(Issue issue) {
            return new Place(
                    issue.project() == null ? 0 : issue.project().id(),
                    issue.tracker() == null ? 0 : issue.tracker().id());
        }
    }

    private record Seen(Instant at, List<String> dropped, Instant saidAt) {}

    /** Nothing was dropped, as far as it was checked. */
    public List<String> nothing() {
        return List.of();
    }

    /** Whether the change that was just made of this issue is to be checked; null is an issue that was not read before. */
    public boolean isDue(Issue issue) {
        if (issue == null) {
            return false;
        }
        Seen last = seen.get(Place.of(issue));
        return last == null
                || !last.dropped().isEmpty()
                || last.at().plus(SEEN_FOR).isBefore(clock.instant());
    }

    /** Takes in what was found. Answers whether to log it, because the same was not logged within the hour. */
    public boolean found(Issue issue, List<String> dropped) {
        Instant now = clock.instant();
        Seen before = seen.get(Place.of(issue));
        boolean isNews = !dropped.isEmpty()
                && (before == null
                        || !before.dropped().equals(dropped)
                        || before.saidAt().plus(SEEN_FOR).isBefore(now));
        Instant saidAt = isNews || before == null ? now : before.saidAt();
        seen.put(Place.of(issue), new Seen(now, List.copyOf(dropped), saidAt));
        return isNews;
    }

    /** Passes unless the note was dropped. It is written when a person has given the permission. */
    public void requireNote(Issue issue, List<String> dropped) throws ParkedException {
        if (dropped.contains(Written.NOTE)) {
            throw new ParkedException(account(issue, dropped));
        }
    }

    /** What Redmine dropped, where, and what to do. */
    public String account(Issue issue, List<String> dropped) {
        return "ticket #" + issue.id() + ": Redmine answered 204, and dropped: " + String.join(", ", dropped)
                + ". Give the role of the API key's user, for tracker "
                + (issue.tracker() == null ? "?" : issue.tracker().name()) + " in project "
                + (issue.project() == null ? "?" : issue.project().name()) + ", the permission " + rights(dropped);
    }

    private static String rights(List<String> dropped) {
        if (dropped.equals(List.of(IssueField.PARENT))) {
            return "\"Manage subtasks\"";
        }
        if (dropped.contains(Written.NOTE)) {
            return dropped.size() > 1 ? "\"Edit issues\" and \"Add notes\"" : "\"Add notes\"";
        }
        return "\"Edit issues\", and look whether the workflow makes these fields read-only";
    }
}
