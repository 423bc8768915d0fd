package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.ticket.Membership.Role;
import dev.mackerelredmine.ticket.PendingWrite.Intent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One alert's changes that its ticket does not report yet, in the order in which they happened, and what is known of its ticket.
 *
 * @param alert the store's number of the alert
 * @param reported what was reported before, by the ticket where there is one; null for a new alert
 * @param repeats the places of those changes that say what one before them said; looked for where one came in late
 * @param ticket the alert's own
 * @param predecessor the last ticket of the same problem that stands in Redmine, where the alert has none of its own; else none
 * @param graph the newest graph that is to be attached, or null
 * @param membership where it belongs in an incident
 */
public record AlertHistory(
        long alert,
        AlertKey key,
        Reported reported,
        List<Change> changes,
        Set<Long> repeats,
        Ticket ticket,
        Ticket predecessor,
        Graph graph,
        Membership membership) {

    public AlertHistory {
        changes = changes.stream().sorted(Change.IN_ORDER).toList();
        repeats = Set.copyOf(repeats);
    }

    /** Of an alert of which nothing else is known. */
    public static AlertHistory alone(Notification notification, Instant receivedAt) {
        Change change = new Change(1, receivedAt, notification);
        return new AlertHistory(
                0,
                AlertKey.of(notification),
                null,
                List.of(change),
                Set.of(),
                Ticket.NONE,
                Ticket.NONE,
                null,
                Membership.NONE);
    }

    /** What the ticket is about: the newest change of the highest severity, reported or not. */
    public Notification headline() {
        return worst().notification();
    }

    /** The path to which that was posted, as /mackerel; null where it came in on none. */
    public String channel() {
        return worst().channel();
    }

    /** The ticket that Redmine is asked to show: its own, else its problem's last. */
    public Ticket shownTicket() {
        return ticket.stands() ? ticket : predecessor;
    }

    /**
     * Redmine's number of the ticket before a new one: the alert's own, on which Redmine does not take the change, else its problem's last;
     * or null. It is null beside another alert that fires in the problem's last ticket, except of an incident: one that a person closed may
     * still fire.
     */
    public Long ticketBefore() {
        if (ticket.stands()) {
            return ticket.issue();
        }
        boolean isBesideAnother = predecessor.othersFiring() > 0 && !isIncident();
        return ticket.replaces() != null || isBesideAnother ? ticket.replaces() : predecessor.issue();
    }

    /** What is intended with the creation of its ticket: that it reports all of this. */
    public Intent creation() {
        return new Intent(alert, last(), "create", null, null, null, null);
    }

    /** Whether there is a graph that Redmine may still take. */
    public boolean hasGraphToUpload() {
        return graph != null && graph.failures() < Graph.MOST_FAILURES;
    }

    /** Whether there is a graph that Redmine did not take. */
    public boolean hasLostGraph() {
        return graph != null && !hasGraphToUpload();
    }

    /** Whether somebody has to know at once when it gets no ticket. */
    public boolean isUrgent() {
        return ticket.issue() == null && fires() && headline().alert().status() == AlertStatus.CRITICAL;
    }

    /** Whether a try to create its ticket was refused, or Redmine failed at it. */
    public boolean wasRefused() {
        return ticket.pendingWrite() != null
                && (ticket.pendingWrite().refusals() > 0
                        || ticket.pendingWrite().hasFailed());
    }

    /** The place of the last change, or graph, that there is; zero where there is none. */
    public long last() {
        long lastChange = changes.stream().mapToLong(Change::seq).max().orElse(0);
        return graph == null ? lastChange : Math.max(lastChange, graph.seq());
    }

    /** The same as it was when its last change was the one at this place. */
    AlertHistory upTo(long seq) {
        Graph then = graph == null || graph.seq() > seq ? null : graph;
        return with(changes.stream().filter(change -> change.seq() <= seq).toList(), then);
    }

    /** The same without what happened last, which is the end. */
    AlertHistory withoutEnd() {
        Change end = newest();
        List<Change> others = changes.stream().filter(change -> change != end).toList();
        Reported before = reported != null && reported.newest() == end ? null : reported;
        return new AlertHistory(alert, key, before, others, repeats, ticket, predecessor, graph, membership);
    }

    private AlertHistory with(List<Change> some, Graph then) {
        return new AlertHistory(alert, key, reported, some, repeats, ticket, predecessor, then, membership);
    }

    /** What the ticket reports when all of this is written to it. */
    Reported allReported(Instant now) {
        boolean madeAnew = ticket.isGone() || reported != null && reported.madeAnew();
        return new Reported(newest(), worst(), 0, now, madeAnew);
    }

    /** The same when nothing is noted: what came in only counts. */
    public Reported counted(Instant now) {
        if (reported == null) {
            return allReported(now);
        }
        Reported all = allReported(reported.notedAt());
        return new Reported(
                all.newest(), all.headline(), reported.resends() + resends(), reported.notedAt(), all.madeAnew());
    }

    public Change newest() {
        return known().max(Change.IN_ORDER).orElseThrow();
    }

    private Change worst() {
        return known().max(Comparator.<Change>comparingInt(Severity::of).thenComparing(Change.IN_ORDER))
                .orElseThrow();
    }

    boolean gotWorseThanEver() {
        return reported == null || Severity.of(worst()) > Severity.of(reported.headline());
    }

    /** Whether a webhook brings what, so far, only Mackerel's API has shown: it has more to say of the same. */
    boolean replacesFound() {
        return reported != null && reported.headline().isFound() && !worst().isFound();
    }

    // --- its incident

    /** Whether it stands for an incident. */
    public boolean isIncident() {
        return membership.role() == Role.INCIDENT;
    }

    /** Whether it belongs to an incident, or stands for one. */
    public boolean isInIncident() {
        return isMember() || isIncident();
    }

    /** Whether it belongs to an incident. */
    public boolean isMember() {
        return membership.isMember();
    }

    /** Whether it stands in the list of an incident's ticket that was not deleted. */
    boolean isLine() {
        return membership.role() == Role.LINE && !ticket.isGone();
    }

    /** Whether it is a line that got worse, in a ticket that a person closed: nobody would see it there. */
    boolean isLeftBehind() {
        return isLine()
                && membership.issue() != null
                && !membership.isOpen()
                && !membership.isWaiting()
                && Effect.of(this) == Effect.WORSE_OR_AGAIN;
    }

    /** Whether it goes on alone when it gets another ticket: its own is deleted, or cannot be opened again below its incident's. */
    public boolean leavesWithAnotherTicket() {
        return membership.role() == Role.LINE || membership.role() == Role.CHILD && ticket.stands();
    }

    /** Whether it opens, and nothing was done for it yet. */
    public boolean mayJoinAnIncident() {
        return membership.role() == null
                && ticket.issue() == null
                && ticket.pendingWrite() == null
                && !ticket.isGone()
                && opens();
    }

    /** Whether its ticket is to be shown with that of its incident, and is not yet. */
    public boolean owesLink() {
        return membership.role() == Role.CHILD
                && ticket.stands()
                && ticket.pendingWrite() == null
                && membership.issue() != null
                && membership.isOpen()
                && !membership.issue().equals(membership.linkedTo());
    }

    /** Whether its ticket, to be opened again, has to wait for that of its incident: under a closed one Redmine opens none, and says nothing. */
    public boolean waitsForIncident() {
        return membership.role() == Role.CHILD
                && ticket.stands()
                && membership.linkedTo() != null
                && !membership.isOpen()
                && membership.isWaiting()
                && fires();
    }

    /** Whether something came in of the alert itself. */
    public boolean hasChanges() {
        return changes.stream().anyMatch(Change::isOfAlert);
    }

    /** Whether it is an incident of which nothing is to be written but the list, and how many alerts there are; and nothing was begun. */
    public boolean waitsForList() {
        Effect effect = Effect.of(this);
        return isIncident()
                && ticket.stands()
                && ticket.pendingWrite() == null
                && (effect == Effect.LIST || effect == Effect.MESSAGE);
    }

    /** Whether the list of an incident changed. */
    public boolean isListStale() {
        return isIncident() && changes.stream().anyMatch(Change::isSilent);
    }

    /** When it opened, by Mackerel's clock. */
    public Instant openedAt() {
        Long opened = headline().alert().openedAt();
        return opened == null ? changes.get(0).at() : Instant.ofEpochSecond(opened);
    }

    /** Whether it fired at all, as far as is not reported yet. */
    boolean opens() {
        return changes.stream().anyMatch(change -> change.isOfAlert() && change.fires());
    }

    /** Whether it is now known to have fired, when only its end was: its ticket is to tell both. */
    public boolean opensAfterItsEnd() {
        return reported != null
                && !reported.headline().fires()
                && ticket.issue() == null
                && !ticket.isGone()
                && opens();
    }

    public boolean fires() {
        return newest().fires();
    }

    /** What is worth telling a person: each change of the status or the message, each event of the host, and what came in late. */
    public List<Change> worthTelling() {
        List<Change> worth = new ArrayList<>();
        Change before = reported == null ? null : reported.newest();
        for (Change change : changes) {
            if (change.isSilent()) {
                continue;
            }
            if (!change.isOfAlert()) {
                worth.add(change);
            } else if (isLate(change)) {
                if (!repeats.contains(change.seq())) {
                    worth.add(change);
                }
            } else {
                if (before == null || !change.repeats(before)) {
                    worth.add(change);
                }
                before = change;
            }
        }
        return worth;
    }

    /** How often the same was said again. */
    int resends() {
        Set<Long> worth = worthTelling().stream().map(Change::seq).collect(Collectors.toSet());
        return (int) changes.stream()
                .filter(change -> change.isOfAlert() && !isLate(change) && change.fires())
                .filter(change -> !worth.contains(change.seq()))
                .count();
    }

    /** Whether something is worth telling that happened before the last thing reported. */
    boolean tellsLate() {
        return worthTelling().stream().anyMatch(change -> change.isOfAlert() && isLate(change));
    }

    /** Whether another alert of the same ticket fires that is worse than this one ever was. */
    boolean isOutdone() {
        return shownTicket().others().stream().anyMatch(other -> Severity.of(other) > Severity.of(worst()));
    }

    private boolean isLate(Change change) {
        return reported != null && Change.IN_ORDER.compare(change, reported.newest()) < 0;
    }

    private Stream<Change> known() {
        Stream<Change> before = reported == null ? Stream.empty() : Stream.of(reported.newest(), reported.headline());
        return Stream.concat(before, changes.stream().filter(Change::isOfAlert));
    }
}
