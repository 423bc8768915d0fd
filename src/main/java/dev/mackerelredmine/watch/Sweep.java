package dev.mackerelredmine.watch;

import dev.mackerelredmine.store.WatchedTicket;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The open tickets, listed whether or not a member changed them. It finds what administrators did, who need not be members, and what a person did in
 * the moment between our reading of a ticket and our change.
 */
final class Sweep {

    private static final int LISTED_AT_ONCE = 20;

    /** After a storm thousands of tickets are open, and Redmine has other work, too: the next polls continue. */
    private static final int IN_ONE_POLL = 10 * LISTED_AT_ONCE;

    private final Deque<List<Long>> lists = new ArrayDeque<>();
    private final boolean isLastPart;
    private long reached;

    private Sweep(List<Long> left, long reached) {
        this.reached = reached;
        isLastPart = left.size() <= IN_ONE_POLL;
        lists.addAll(Parts.of(left.subList(0, Math.min(left.size(), IN_ONE_POLL)), LISTED_AT_ONCE));
    }

    /** @param reached the greatest issue number that was listed by the polls before; 0 where a sweep begins */
    static Sweep goingOn(Collection<WatchedTicket> open, long reached) {
        return new Sweep(
                open.stream()
                        .map(WatchedTicket::issue)
                        .filter(issue -> issue > reached)
                        .distinct()
                        .sorted()
                        .toList(),
                reached);
    }

    boolean hasMore() {
        return !lists.isEmpty();
    }

    /** The issues of the next list, as Redmine's filter wants them. */
    String issues() {
        return lists.element().stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /** The issues of the list that was answered. */
    List<Long> listed() {
        List<Long> listed = lists.remove();
        reached = listed.get(listed.size() - 1);
        return listed;
    }

    boolean isOver() {
        return isLastPart && lists.isEmpty();
    }

    long reached() {
        return reached;
    }
}
