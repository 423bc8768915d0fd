package dev.mackerelredmine.figures;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Counts the alerts that a selection takes, as a tally counts them, and holds the newest of them. They come in the order of their openings. */
public final class SelectedAlerts {

    private static final Comparator<Opening> OLDEST_FIRST =
            Comparator.comparingLong(Opening::openedAt).thenComparingLong(Opening::alert);

    private final Selection selection;
    private final LocalTimes local;
    private final long now;
    private final int most;
    private final PriorityQueue<Opening> newest = new PriorityQueue<>(OLDEST_FIRST);
    private final Map<Long, Flaps> problems = new HashMap<>();
    private long total;

    /** @param most how many are held */
    public SelectedAlerts(Selection selection, ZoneId zone, Instant now, int most) {
        this.selection = selection;
        this.local = new LocalTimes(zone);
        this.now = now.toEpochMilli();
        this.most = most;
    }

    public void add(Opening opening) {
        if (selection.counted() == Counted.FLAPPING) {
            problems.computeIfAbsent(opening.subject(), problem -> new Flaps(this::count))
                    .add(opening);
        } else {
            count(opening);
        }
    }

    private void count(Opening opening) {
        if (!selection.counted().takes(opening, now) || !selection.takes(opening, local)) {
            return;
        }
        total++;
        newest.add(opening);
        if (newest.size() > most) {
            newest.remove();
        }
    }

    /** How many there are. */
    public long total() {
        return total;
    }

    /** The newest first. */
    public List<Opening> newest() {
        return newest.stream().sorted(OLDEST_FIRST.reversed()).toList();
    }
}
