package dev.mackerelredmine.operate;

import dev.mackerelredmine.store.ParkedDeliveries;
import dev.mackerelredmine.store.ParkedRow;
import dev.mackerelredmine.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What people do to deliveries, from wherever they do it: the commands and the page call this. It works on the store alone, beside running
 * services, which follow. Each act is kept with who did it, and {@code explain --alert} shows it.
 */
public final class Operations {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_REASON = 500;

    private final Store store;
    private final InstantSource clock;

    public Operations(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** In the order in which they came in. */
    public List<ParkedAlert> parked(ParkedFilter filter) {
        return matching(filter).stream().map(ParkedAlert::of).toList();
    }

    /** The first that came in, however many there are. */
    public List<ParkedAlert> firstParked(int most) {
        return store.parkedDeliveries().first(most).stream()
                .map(ParkedAlert::of)
                .toList();
    }

    /**
     * Has all that match delivered once more: by the running service now, or by the next that starts; while deliveries are paused, after that.
     *
     * @param by who wants it
     * @throws RefusedActException where nobody is named
     */
    public Done retry(ParkedFilter filter, String by) {
        String person = person(by);
        List<ParkedAlert> done = new ArrayList<>();
        for (ParkedRow row : matching(filter)) {
            store.parkedDeliveries().retry(row, person);
            done.add(ParkedAlert.of(row));
        }
        return new Done(done, List.of());
    }

    /**
     * Drops all that match: what came in of them gets no ticket and no note. What comes in later is delivered.
     *
     * @param reason for whoever asks later
     * @param by who wants it
     * @throws RefusedActException where there is no reason, or nobody is named
     */
    public Done drop(ParkedFilter filter, String reason, String by) {
        String person = person(by);
        String why = said(reason, "say why they are dropped: whoever asks for them later reads it", LONGEST_REASON);
        List<ParkedAlert> done = new ArrayList<>();
        List<ParkedAlert> busy = new ArrayList<>();
        for (ParkedRow row : matching(filter)) {
            boolean isDropped = store.parkedDeliveries().drop(row, why, person);
            (isDropped ? done : busy).add(ParkedAlert.of(row));
        }
        return new Done(done, busy);
    }

    /**
     * Nothing is delivered any more until {@link #resume}; what is under way is finished. Posts are taken meanwhile.
     *
     * @return false where deliveries were paused already, which stays as it is
     * @throws RefusedActException where nobody is named
     */
    public boolean pause(String by) {
        return store.pauses().pause(person(by));
    }

    /**
     * Deliveries go on.
     *
     * @return false where they were not paused
     * @throws RefusedActException where nobody is named
     */
    public boolean resume(String by) {
        return store.pauses().resume(person(by));
    }

    /** Since when deliveries are paused, and by whom; empty where they are not. */
    public Optional<CurrentPause> currentPause() {
        return store.pauses().now().map(CurrentPause::of);
    }

    private List<ParkedRow> matching(ParkedFilter filter) {
        ParkedDeliveries parked = store.parkedDeliveries();
        Set<Long> named = new HashSet<>();
        filter.alerts().forEach(name -> named.addAll(parked.named(name)));
        return parked.all().stream()
                .filter(row -> filter.alerts().isEmpty() || named.contains(row.id()))
                .filter(row -> filter.problem() == null
                        || ParkedAlert.of(row).problem().contains(filter.problem()))
                .filter(row -> filter.project() == null || filter.project().equals(row.project()))
                .filter(row -> filter.reason() == null || row.reason().contains(filter.reason()))
                .filter(row -> filter.longerThan() == null
                        || isOlder(row, clock.instant().minus(filter.longerThan())))
                .toList();
    }

    private static boolean isOlder(ParkedRow row, Instant time) {
        return row.parkedAt() < time.toEpochMilli();
    }

    private static String person(String by) {
        return said(by, "say who does this", LONGEST_NAME);
    }

    /** In one line. */
    private static String said(String text, String otherwise, int longest) {
        String line = text == null ? "" : text.replaceAll("\\s+", " ").strip();
        if (line.isEmpty()) {
            throw new RefusedActException(otherwise);
        }
        if (line.length() > longest) {
            throw new RefusedActException(
                    "that is too long (" + line.length() + " characters): write " + longest + " at most");
        }
        return line;
    }
}
