package dev.mackerelredmine.notice;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many posts were answered with an error, by status, since the operator was last notified of them. They are counted in memory, so that
 * a refused post costs the store nothing; a restart forgets them.
 */
public final class RefusedPosts {

    private static final int FIRST_ERROR = 400;

    private final Map<Integer, Long> unreported = new ConcurrentHashMap<>();

    public void answered(int status) {
        if (status >= FIRST_ERROR) {
            unreported.merge(status, 1L, Long::sum);
        }
    }

    public Map<Integer, Long> unreported() {
        return new TreeMap<>(unreported);
    }

    /** What was refused meanwhile stays unreported. */
    public void reported(Map<Integer, Long> reported) {
        reported.forEach((status, posts) -> unreported.computeIfPresent(
                status, (same, all) -> all.equals(posts) ? null : Long.valueOf(all - posts)));
    }
}
