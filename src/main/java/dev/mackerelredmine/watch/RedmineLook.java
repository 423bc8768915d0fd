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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One look at what people did, as a row of questions to Redmine, each of which follows from the answers before: lists of what was changed, and then
 * each ticket that was, with its journals. A list costs Redmine some 25 ms, and each issue in it as much again: so what has not changed is never
 * listed, but by the sweep.
 */
public final class RedmineLook {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** More in one filter, and Redmine up to 6.1.3 may answer 500: it keeps the filter in a cookie. */
    private static final int MOST_USERS = 100;

    private static final int PAGE = 100;

    /** Where something is changed while pages are turned, others take its place: so they overlap. */
    private static final int OVERLAP_OF_PAGES = 10;

    private static final int MOST_PAGES = 10;
    private static final int SWEPT_AT_ONCE = 20;

    /** After a storm thousands of tickets are nobody's, and Redmine has other work, too: the next looks go on. */
    private static final int SWEPT_IN_A_LOOK = 10 * SWEPT_AT_ONCE;

    private static final Duration SWEEP = Duration.ofMinutes(10);

    /** Redmine's times are whole seconds, and what is changed shows a little later. */
    private static final Duration OVERLAP = Duration.ofSeconds(1);

    private static final int MOST_SHOWN = 50;
    private static final int MOST_SHOWN_WHILE_BUSY = 5;

    private final PeopleReader reader;
    private final Members members;
    private final Begin begin;
    private final Instant begun;
    private final Map<Long, WatchedTicket> open;
    private final Deque<List<Long>> toSweep = new ArrayDeque<>();
    private long sweptUpTo;
    private boolean sweepsLastPart;
    private final Set<Long> toShow = new LinkedHashSet<>();
    private final Map<Long, Instant> hits = new HashMap<>();
    private Deque<List<Long>> toPoll;
    private Question question;
    private int offset;
    private int pages;
    private Instant listedUpTo;
    private Instant cutAt;
    private Instant knownUpTo;
    private Instant lastSweep;
    private Instant askedAt;
    private boolean sweeps;
    private int shown;
    private boolean hasFailed;

    /**
     * How things stand when it begins.
     *
     * @param isBusy whether deliveries wait, which come first
     * @param due issues that are to be looked at in any case: those that the last look left over, too
     * @param sweptUpTo the greatest issue number that a sweep which is not over has reached; 0 where a sweep is to begin
     */
    record Begin(
            WatchTurn turn,
            List<WatchedTicket> open,
            InstantSource clock,
            boolean isBusy,
            List<Long> due,
            long sweptUpTo) {}

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

    RedmineLook(PeopleReader reader, Members members, Begin begin) {
        this.reader = reader;
        this.members = members;
        this.begin = begin;
        this.begun = begin.clock().instant();
        this.open = begin.open().stream()
                .collect(Collectors.toMap(WatchedTicket::issue, ticket -> ticket, (one, other) -> other));
        this.knownUpTo = begin.turn().knownUpTo();
        this.lastSweep = begin.turn().lastSweep();
        this.sweptUpTo = begin.sweptUpTo();
        beginSweep();
        toShow.addAll(begin.due());
    }

    /** Also where it is not known up to when all is known. While deliveries wait it can wait, too. */
    private void beginSweep() {
        boolean isDue = !begun.isBefore(lastSweep.plus(SWEEP)) && !begin.isBusy();
        sweeps = isDue || knownUpTo == null;
        if (sweeps) {
            List<Long> issues = begin.open().stream()
                    .filter(ticket ->
                            ticket.project() == null || !ticket.whoIsOnIt().hasSomebody() || !ticket.fires())
                    .map(WatchedTicket::issue)
                    .filter(issue -> issue > sweptUpTo)
                    .distinct()
                    .sorted()
                    .toList();
            sweepsLastPart = issues.size() <= SWEPT_IN_A_LOOK;
            toSweep.addAll(parts(issues.subList(0, Math.min(issues.size(), SWEPT_IN_A_LOOK)), SWEPT_AT_ONCE));
        }
    }

    private static <T> List<List<T>> parts(List<T> all, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            parts.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return parts;
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
        if (!toSweep.isEmpty()) {
            String issues = toSweep.peek().stream().map(Object::toString).collect(Collectors.joining(","));
            return new Question(Kind.SWEEP, "/issues.json", "issue_id=" + issues + "&status_id=*&limit=" + PAGE, 0);
        }
        Set<Long> projects = projects();
        Optional<Long> unknown = members.unknownOf(projects);
        if (unknown.isPresent()) {
            long project = unknown.get();
            return new Question(
                    Kind.MEMBERS, "/projects/" + project + "/memberships.json", members.query(project), project);
        }
        if (toPoll == null) {
            List<Long> users = List.copyOf(members.of(projects, reader.me().getAsLong()));
            toPoll = new ArrayDeque<>(parts(users, MOST_USERS));
        }
        if (!toPoll.isEmpty()) {
            return new Question(Kind.CHANGED, "/issues.json", changedBy(toPoll.peek()), 0);
        }
        return nextIssue();
    }

    private Set<Long> projects() {
        return open.values().stream()
                .map(WatchedTicket::project)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String changedBy(List<Long> users) {
        String ids = users.stream().map(Object::toString).collect(Collectors.joining("|"));
        return "author_id=me&status_id=*&last_updated_by=" + encoded(ids) + "&updated_on="
                + encoded(">=" + knownUpTo.minus(OVERLAP)) + "&sort=updated_on&limit=" + PAGE + "&offset=" + offset;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Question nextIssue() {
        int most = begin.isBusy() ? MOST_SHOWN_WHILE_BUSY : MOST_SHOWN;
        if (toShow.isEmpty()) {
            hits.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                    .limit(most)
                    .map(Map.Entry::getKey)
                    .forEach(toShow::add);
        }
        if (toShow.isEmpty() || shown >= most) {
            return null;
        }
        long issue = toShow.iterator().next();
        return new Question(Kind.ISSUE, "/issues/" + issue + ".json", null, issue);
    }

    // --- the answers

    void answered(byte[] answer) throws IOException {
        switch (question.kind()) {
            case ME -> reader.learnMe(answer);
            case NEWEST -> knownUpTo = newest(issues(answer));
            case SWEEP -> swept(issues(answer));
            case MEMBERS -> members.learn(question.subject(), JSON.readTree(answer));
            case CHANGED -> changed(issues(answer));
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
                ? Instant.EPOCH.plus(OVERLAP)
                : updated(list.path("issues").get(0));
    }

    private static Instant updated(JsonNode issue) {
        return Instant.parse(issue.path("updated_on").asText());
    }

    /** What the list does not show was deleted, or moved to where we may not look. */
    private void swept(JsonNode list) {
        Map<Long, JsonNode> there = new HashMap<>();
        list.path("issues").forEach(issue -> there.put(issue.path("id").asLong(), issue));
        for (long number : toSweep.remove()) {
            sweptUpTo = number;
            JsonNode issue = there.get(number);
            WatchedTicket ticket = open.get(number);
            if (issue == null || !isUntouched(issue) && !ticket.isKnown(updated(issue))) {
                toShow.add(number);
            }
            if (issue != null) {
                long project = issue.at("/project/id").asLong();
                if (ticket.project() == null || ticket.project() != project) {
                    reader.people().moved(ticket, project);
                }
                open.put(number, in(ticket, project));
            }
        }
    }

    /** Nobody answers an alert in the second in which its ticket is made. */
    private static boolean isUntouched(JsonNode issue) {
        return issue.path("created_on").asText().equals(issue.path("updated_on").asText());
    }

    private static WatchedTicket in(WatchedTicket ticket, long project) {
        return new WatchedTicket(
                ticket.id(),
                ticket.issue(),
                project,
                ticket.isOpen(),
                ticket.seenUpdated(),
                ticket.seenJournal(),
                ticket.seenFirst(),
                ticket.seenLast(),
                ticket.seenSettled(),
                ticket.people(),
                ticket.firstAcknowledgedAt(),
                ticket.unansweredAfter(),
                ticket.fires());
    }

    private void changed(JsonNode list) {
        JsonNode page = list.path("issues");
        Instant last = null;
        for (JsonNode issue : page) {
            long number = issue.path("id").asLong();
            last = updated(issue);
            Instant updated = last;
            listedUpTo = listedUpTo == null || listedUpTo.isBefore(updated) ? updated : listedUpTo;
            boolean isNew = Optional.ofNullable(open.get(number))
                    .or(() -> reader.people().ofIssue(number))
                    .filter(ticket -> !ticket.isKnown(updated))
                    .isPresent();
            if (isNew) {
                hits.put(number, updated);
            }
        }
        pages++;
        boolean isMore = !page.isEmpty()
                && offset + page.size() < list.path("total_count").asInt();
        if (isMore && pages < MOST_PAGES) {
            offset += PAGE - OVERLAP_OF_PAGES;
            return;
        }
        if (isMore) {
            cutAt = cutAt == null || last.isBefore(cutAt) ? last : cutAt;
        }
        toPoll.remove();
        offset = 0;
        pages = 0;
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
        toShow.remove(number);
        hits.remove(number);
    }

    /** A ticket, or who works in a project, may not be ours to see: that is an answer. */
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

    /** By Redmine's clock alone: up to the last change that was listed, or the first of those that were not looked at. */
    Instant knownUpTo() {
        boolean isListed = toPoll != null && toPoll.isEmpty();
        if (knownUpTo == null || !isListed || listedUpTo == null) {
            return knownUpTo;
        }
        Instant upTo = hits.values().stream().min(Comparator.naturalOrder()).orElse(listedUpTo);
        if (cutAt != null && cutAt.isBefore(upTo)) {
            upTo = cutAt;
        }
        return upTo.isAfter(knownUpTo) ? upTo : knownUpTo;
    }

    /** It counts when all of it was listed; what it found and did not look at is looked at by the next looks. */
    Instant lastSweep() {
        return isSweepOver() ? begun : lastSweep;
    }

    /** Where the next look goes on with the sweep. */
    long sweptUpTo() {
        return isSweepOver() ? 0 : sweptUpTo;
    }

    private boolean isSweepOver() {
        return sweeps && sweepsLastPart && toSweep.isEmpty();
    }

    /** Issues that are still to be looked at. What was changed since is listed again anyway. */
    List<Long> leftOver() {
        return toShow.stream().filter(issue -> !hits.containsKey(issue)).toList();
    }
}
