package dev.mackerelredmine.people;

import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.Issue.Detail;
import dev.mackerelredmine.redmine.Issue.Journal;
import dev.mackerelredmine.redmine.Issue.Named;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is on a ticket: worked out of its journals alone, from the first to the last, so that it does not matter when, or how often, they are
 * read. docs/who-is-on-it.md has the rule in words.
 */
public final class AcknowledgementRule {

    private static final String ASSIGNEE = "assigned_to_id";
    private static final String STATUS = "status_id";

    private final Set<How> counts;
    private final Set<String> ignored;

    /**
     * @param counts which of {@link How#ASSIGNEE}, {@link How#STATUS} and {@link How#NOTE} acknowledge
     * @param ignored users whose acts are nobody's: names as Redmine shows them, or numbers
     */
    public AcknowledgementRule(Set<How> counts, Set<String> ignored) {
        this.counts = Set.copyOf(counts);
        this.ignored = Set.copyOf(ignored);
    }

    /** Whether this user is no person, as the settings say. */
    public boolean ignores(Named user) {
        return ignored.contains(user.name()) || ignored.contains(Long.toString(user.id()));
    }

    /**
     * @param issue with its journals, in whatever order
     * @param us the numbers of the users whose acts are ours, also where a person uses the key
     * @param before what was known: an act that it remembers happened, although its note was deleted since
     */
    public WhoIsOnIt of(Issue issue, Set<Long> us, WhoIsOnIt before) {
        return of(issue, us, Map.of(), before);
    }

    /** @param notified whom a running escalation has notified, by the names that Redmine shows, and since when: a note by them is an answer */
    public WhoIsOnIt of(Issue issue, Set<Long> us, Map<String, Instant> notified, WhoIsOnIt before) {
        Act known = before.acknowledged();
        Predicate<Journal> isBefore = journal -> known == null || journal.id() < known.journal();
        List<Journal> inOrder = issue.journals().stream()
                .sorted(Comparator.comparingLong(Journal::id))
                .toList();
        Reading reading = new Reading(issue, us, notified);
        inOrder.stream().filter(isBefore).forEach(reading::read);
        if (known != null) {
            reading.remember(known);
        }
        inOrder.stream().filter(isBefore.negate()).forEach(reading::read);
        return reading.end();
    }

    /** The number of the newest journal of a person, whatever it says; 0: there is none. */
    public long newestOfPerson(Issue issue, Set<Long> us) {
        return issue.journals().stream()
                .filter(journal -> isOfPerson(journal, us))
                .mapToLong(Journal::id)
                .max()
                .orElse(0);
    }

    /** What people wrote, and not we. */
    public Stream<String> notesOfPersons(Issue issue, Set<Long> us) {
        return issue.journals().stream()
                .filter(journal -> isOfPerson(journal, us) && journal.hasNotes())
                .map(Journal::notes);
    }

    private boolean isOfPerson(Journal journal, Set<Long> us) {
        return journal.user() != null && !us.contains(journal.user().id()) && !ignores(journal.user());
    }

    /** One pass over the journals of one issue. */
    private final class Reading {

        private final Issue issue;
        private final Set<Long> us;
        private final Map<String, Instant> notified;
        private final Long firstStatus;
        private final Set<Long> openStatuses;
        private Long assignee;
        private Act acknowledged;
        private Act ended;
        private Act lastOfStatus;

        Reading(Issue issue, Set<Long> us, Map<String, Instant> notified) {
            this.issue = issue;
            this.us = us;
            this.notified = notified;
            Long status = issue.status() == null ? null : (Long) issue.status().id();
            this.firstStatus = first(STATUS).isPresent() ? first(STATUS).get().before() : status;
            Long now = issue.assignedTo() == null
                    ? null
                    : (Long) issue.assignedTo().id();
            this.assignee = first(ASSIGNEE).isPresent() ? first(ASSIGNEE).get().before() : now;
            this.openStatuses = Stream.concat(
                            Stream.ofNullable(issue.status()),
                            Stream.ofNullable(issue.allowedStatuses()).flatMap(List::stream))
                    .filter(each -> Boolean.FALSE.equals(each.isClosed()))
                    .map(Issue.Status::id)
                    .collect(Collectors.toSet());
        }

        private Optional<Detail> first(String attribute) {
            return issue.journals().stream()
                    .sorted(Comparator.comparingLong(Journal::id))
                    .flatMap(journal -> journal.change(attribute).stream())
                    .findFirst();
        }

        void read(Journal journal) {
            Optional<Detail> ofAssignee = journal.change(ASSIGNEE);
            Optional<Detail> ofStatus = journal.change(STATUS);
            ofAssignee.ifPresent(change -> assignee = change.after());
            if (isOfPerson(journal, us)) {
                how(journal, ofAssignee, ofStatus).ifPresent(how -> apply(act(journal, how)));
                ofStatus.ifPresent(change -> lastOfStatus = act(journal, How.CLOSED));
            } else if (ofStatus.isPresent()) {
                lastOfStatus = null;
                if (isOurs(journal) && isOpen(ofStatus.get().after())) {
                    apply(act(journal, How.REOPENED));
                }
            }
        }

        private boolean isOurs(Journal journal) {
            return journal.user() != null && us.contains(journal.user().id());
        }

        private boolean isOpen(Long status) {
            return status != null && (openStatuses.contains(status) || status.equals(firstStatus));
        }

        /** To whom the ticket goes says more than its status, and that more than a note. */
        private Optional<How> how(Journal journal, Optional<Detail> ofAssignee, Optional<Detail> ofStatus) {
            long person = journal.user().id();
            if (ofAssignee.isPresent() && (assignee == null || us.contains(assignee))) {
                return Optional.of(How.TAKEN_BACK);
            }
            if (ofAssignee.isPresent() && assignee != person) {
                return Optional.of(How.HAND_OVER);
            }
            if (ofAssignee.isPresent() && counts.contains(How.ASSIGNEE)) {
                return Optional.of(How.ASSIGNEE);
            }
            if (ofStatus.isPresent() && ofStatus.get().after() != null) {
                if (ofStatus.get().after().equals(firstStatus)) {
                    return Optional.of(How.TAKEN_BACK);
                }
                if (counts.contains(How.STATUS)) {
                    return Optional.of(How.STATUS);
                }
            }
            if (!journal.hasNotes() || !counts.contains(How.NOTE)) {
                return Optional.empty();
            }
            if (assignee != null && assignee == person) {
                return Optional.of(How.NOTE);
            }
            return wasNotified(journal) ? Optional.of(How.ANSWER) : Optional.empty();
        }

        /** Redmine's times are whole seconds. */
        private boolean wasNotified(Journal journal) {
            Instant since = notified.get(journal.user().name());
            return since != null
                    && journal.createdOn() != null
                    && !Instant.parse(journal.createdOn()).isBefore(since.truncatedTo(ChronoUnit.SECONDS));
        }

        private Act act(Journal journal, How how) {
            long at = journal.createdOn() == null
                    ? 0
                    : Instant.parse(journal.createdOn()).getEpochSecond();
            return new Act(journal.id(), how, journal.user(), at, how == How.HAND_OVER ? named(assignee) : null);
        }

        /** Journals show the number of an assignee alone. */
        private Named named(long user) {
            Named now = issue.assignedTo();
            return now != null && now.id() == user
                    ? now
                    : issue.journals().stream()
                            .map(Journal::user)
                            .filter(each -> each != null && each.id() == user)
                            .findFirst()
                            .orElseGet(() -> new Named(user, "user " + user));
        }

        private void apply(Act act) {
            switch (act.how()) {
                case HAND_OVER, TAKEN_BACK, REOPENED -> end(act);
                default -> acknowledge(act);
            }
        }

        /** Nothing ends that nobody has; but to whom it is given is known, too, where nobody had it. */
        private void end(Act act) {
            if (acknowledged != null || act.how() == How.HAND_OVER || ended != null && act.how() == How.TAKEN_BACK) {
                ended = act;
            }
            acknowledged = null;
        }

        /** Who is on it stays on it, until another person takes the ticket as its assignee. */
        private void acknowledge(Act act) {
            boolean isOther = acknowledged == null
                    || act.how() == How.ASSIGNEE
                            && acknowledged.by().id() != act.by().id();
            if (isOther) {
                acknowledged = act;
                ended = null;
            }
        }

        /** Its note may be deleted, or emptied, since. */
        void remember(Act act) {
            acknowledged = act;
            ended = null;
        }

        WhoIsOnIt end() {
            Act closed = issue.isClosed() ? lastOfStatus : null;
            if (closed != null && acknowledged == null) {
                return new WhoIsOnIt(closed, null, closed);
            }
            return new WhoIsOnIt(acknowledged, ended, closed);
        }
    }
}
