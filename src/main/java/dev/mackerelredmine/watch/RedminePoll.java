package dev.mackerelredmine.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.RefusedException;
import dev.mackerelredmine.store.WatchTurn;
import dev.mackerelredmine.store.WatchedTicket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One poll of what people did: a series of requests, each of which follows from the answers before. First come lists of the changed tickets, and
 * then each of these with its journals. A list costs Redmine some 25 ms, and each issue in it as much again. So only the {@link Sweep} lists
 * tickets that have not changed.
 */
public final class RedminePoll {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int PAGE = 100;
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final int MOST_SHOWN = 50;
    private static final int MOST_SHOWN_WHILE_BUSY = 5;

    private final PeopleReader reader;
    private final Members members;
    private final Begin begin;
    private final Instant begun;
    private final Map<Long, WatchedTicket> open;
    private final Sweep sweep;
    private final Set<Long> due = new LinkedHashSet<>();
    private final Set<Long> found = new LinkedHashSet<>();
    private ChangedTickets changes;
    private Question question;
    private Instant knownUpTo;
    private Instant askedAt;
    private int shown;
    private boolean hasFailed;

    /**
     * How things stand when it begins.
     *
     * @param isBusy whether deliveries wait, which come first
     * @param due issues that are to be read first
     * @param left what the poll before left over
     */
    record Begin(
            WatchTurn turn, List<WatchedTicket> open, InstantSource clock, boolean isBusy, List<Long> due, Left left) {}

    /**
     * What the next poll has to go on with.
     *
     * @param issues that are still to be read, without those that will be listed again as changed
     * @param sweptUpTo the greatest issue number that a sweep which is not over has reached; 0 where a sweep is to begin
     */
    record Left(List<Long> issues, long sweptUpTo) {
        static final Left NOTHING = new Left(List.of(), 0);
    }

    /** What is asked for. */
    private enum Kind {
        ME,
        NEWEST,
        SWEEP,
        MEMBERS,
        CHANGED,
        ISSUE
    }

    /** @param subject a project's or an issue's number, or 0 */
    private record Question(Kind kind, String path, String query, long subject) {}

    RedminePoll(PeopleReader reader, Members members, Begin begin) {
        this.reader = reader;
        this.members = members;
        this.begin = begin;
        this.begun = begin.clock().instant();
        this.open = begin.open().stream()
                .collect(Collectors.toMap(WatchedTicket::issue, ticket -> ticket, (one, other) -> other));
        this.knownUpTo = begin.turn().knownUpTo();
        this.sweep = sweeps() ? Sweep.goingOn(begin.open(), begin.left().sweptUpTo()) : null;
        due.addAll(begin.due());
        found.addAll(begin.left().issues());
    }

    /** Also where it is not known up to when all is known. While deliveries wait it can wait, too. */
    private boolean sweeps() {
        boolean isDue = !begun.isBefore(begin.turn().lastSweep().plus(SWEEP)) && !begin.isBusy();
        return isDue || knownUpTo == null;
    }

    WatchTurn turn() {
        return begin.turn();
    }

    Instant begun() {
        return begun;
    }

    public boolean hasFailed() {
        return hasFailed;
    }

    // --- the questions, for the route

    /** Whether it asks for a ticket with its journals. */
    public boolean isForIssue() {
        return question.kind() == Kind.ISSUE;
    }

    public long issue() {
        return question.subject();
    }

    public String path() {
        return question.path();
    }

    public String query() {
        return question.query();
    }

    /** Goes on to the next question; false where there is none. */
    boolean next() {
        question = hasFailed ? null : nextQuestion();
        askedAt = begin.clock().instant();
        return question != null;
    }

    private Question nextQuestion() {
        if (reader.me().isEmpty()) {
            return new Question(Kind.ME, "/users/current.json", null, 0);
        }
        if (knownUpTo == null) {
            return new Question(
                    Kind.NEWEST, "/issues.json", "author_id=me&status_id=*&sort=updated_on:desc&limit=1", 0);
        }
        if (sweep != null && sweep.hasMore()) {
            return new Question(
                    Kind.SWEEP, "/issues.json", "issue_id=" + sweep.issues() + "&status_id=*&limit=" + PAGE, 0);
        }
        Set<Long> projects = projects();
        Optional<Long> unknown = members.unknownOf(projects);
        if (unknown.isPresent()) {
            long project = unknown.get();
            return new Question(
                    Kind.MEMBERS, "/projects/" + project + "/memberships.json", members.query(project), project);
        }
        if (changes == null) {
            changes = new ChangedTickets(members.of(projects, reader.me().getAsLong()), knownUpTo);
        }
        if (changes.hasMore()) {
            return new Question(Kind.CHANGED, "/issues.json", changes.query(), 0);
        }
        return nextIssue();
    }

    private Set<Long> projects() {
        return open.values().stream()
                .map(WatchedTicket::project)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What members changed comes before what a sweep found, which may be each ticket of a storm. */
    private Question nextIssue() {
        if (shown >= (begin.isBusy() ? MOST_SHOWN_WHILE_BUSY : MOST_SHOWN)) {
            return null;
        }
        return due.stream()
                .findFirst()
                .or(changes::firstUnread)
                .or(() -> found.stream().findFirst())
                .map(issue -> new Question(Kind.ISSUE, "/issues/" + issue + ".json", null, issue))
                .orElse(null);
    }

    // --- the answers

    void answered(byte[] answer) throws IOException {
        switch (question.kind()) {
            case ME -> reader.learnMe(answer);
            case NEWEST -> knownUpTo = newest(issues(answer));
            case SWEEP -> swept(issues(answer));
            case MEMBERS -> members.learn(question.subject(), JSON.readTree(answer));
            case CHANGED -> changes.listed(issues(answer), this::isNews);
            case ISSUE -> throw new IllegalStateException("a ticket is shown");
        }
    }

    private static JsonNode issues(byte[] answer) throws IOException {
        JsonNode list = JSON.readTree(answer);
        if (!list.path("issues").isArray()) {
            throw new IOException("Redmine's answer to a list of issues has none");
        }
        return list;
    }

    /** Where there is no issue at all, whatever comes is later. */
    private static Instant newest(JsonNode list) {
        return list.path("issues").isEmpty()
                ? Instant.EPOCH.plus(ChangedTickets.OVERLAP)
                : updated(list.path("issues").get(0));
    }

    static Instant updated(JsonNode issue) {
        return Instant.parse(issue.path("updated_on").asText());
    }

    /** What the list does not show was deleted, or moved to where we may not look. */
    private void swept(JsonNode list) {
        Map<Long, JsonNode> there = new HashMap<>();
        list.path("issues").forEach(issue -> there.put(issue.path("id").asLong(), issue));
        for (long number : sweep.listed()) {
            JsonNode issue = there.get(number);
            WatchedTicket ticket = open.get(number);
            if (issue == null || !ticket.isKnown(updated(issue))) {
                found.add(number);
            }
            if (issue != null) {
                long project = issue.at("/project/id").asLong();
                if (ticket.project() == null || ticket.project() != project) {
                    reader.people().moved(ticket, project);
                }
                open.put(number, ticket.inProject(project));
            }
        }
    }

    private boolean isNews(long issue, Instant updated) {
        return Optional.ofNullable(open.get(issue))
                .or(() -> reader.people().ofIssue(issue))
                .filter(ticket -> !ticket.isKnown(updated))
                .isPresent();
    }

    void shown(Issue issue) {
        long number = question.subject();
        if (issue == null) {
            reader.people().notSeen(number);
        } else {
            reader.read(issue, askedAt);
        }
        isDone(number);
    }

    private void isDone(long number) {
        shown++;
        due.remove(number);
        found.remove(number);
        if (changes != null) {
            changes.isRead(number);
        }
    }

    /** That the bot user may not see a ticket, or a project's members, is an answer, too. */
    boolean goesOnAfter(DeliveryException refusal) {
        if (question.kind() == Kind.ISSUE && refusal instanceof ParkedException) {
            reader.people().notSeen(question.subject());
            isDone(question.subject());
            return true;
        }
        if (question.kind() == Kind.MEMBERS
                && (refusal instanceof ParkedException || refusal instanceof RefusedException)) {
            members.cannotBeSeen(question.subject());
            return true;
        }
        return false;
    }

    void fail() {
        hasFailed = true;
    }

    // --- what is known at its end

    /** By Redmine's clock alone. */
    Instant knownUpTo() {
        return changes == null ? knownUpTo : changes.knownUpTo();
    }

    /** It counts when all of it was listed; the next polls read what it found and did not read. */
    Instant lastSweep() {
        return isSweepOver() ? begun : begin.turn().lastSweep();
    }

    Left left() {
        List<Long> issues = Stream.concat(due.stream(), found.stream())
                .filter(issue -> changes == null || !changes.isUnread(issue))
                .distinct()
                .toList();
        return new Left(issues, sweptUpTo());
    }

    private long sweptUpTo() {
        if (sweep == null) {
            return begin.left().sweptUpTo();
        }
        return isSweepOver() ? 0 : sweep.reached();
    }

    private boolean isSweepOver() {
        return sweep != null && sweep.isOver();
    }
}
