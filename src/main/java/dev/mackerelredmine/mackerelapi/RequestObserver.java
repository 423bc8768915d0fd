package dev.mackerelredmine.mackerelapi;

import java.time.Duration;

/** Is given each request to Mackerel when it is over. */
@FunctionalInterface
public interface RequestObserver {

    String NO_ANSWER = "no-answer";

    /** @param path with its query, and with ids in it; @param outcome {@code 2xx} and so on, or {@link #NO_ANSWER} */
    void asked(String method, String path, String outcome, Duration time);
}
