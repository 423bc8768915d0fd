package dev.mackerelredmine.operator;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The posts that were answered with an error, by status, of which the operator was not told yet. They are counted in memory: to refuse
 * a post costs the store nothing, and a restart forgets them.
 */
public final class RefusedPosts {

    private static final int FIRST_ERROR = 400;

    private final Map<Integer, Long> untold = new ConcurrentHashMap<>();

    public void answered(int status) {
        if (status >= FIRST_ERROR) {
            untold.merge(status, 1L, Long::sum);
        }
    }

    public Map<Integer, Long> untold() {
        return new TreeMap<>(untold);
    }

    /** What was refused meanwhile stays untold. */
    public void told(Map<Integer, Long> told) {
        told.forEach((status, posts) ->
                untold.computeIfPresent(status, (same, all) -> all.equals(posts) ? null : Long.valueOf(all - posts)));
    }
}
