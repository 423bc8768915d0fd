package dev.mackerelredmine.redmine;

import java.util.List;

/** Redmine made the issue, and said 201, but made it otherwise than asked. The issue stands. */
public final class NotAsAskedException extends Exception {

    public NotAsAskedException(long issue, List<Difference> differences) {
        super("ticket #" + issue + " is not as asked: "
                + String.join(
                        "; ", differences.stream().map(Difference::toString).toList()));
    }
}
