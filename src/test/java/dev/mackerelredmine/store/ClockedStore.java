package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.NotificationReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A store in a file, open, whose time is that of a clock. */
public final class ClockedStore {

    private ClockedStore() {}

    public static Store in(Path folder, Clock clock) throws IOException {
        Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
        StoreAddress address = StoreAddress.of("jdbc:sqlite:" + folder.resolve("store.db"));
        Store store = new Store(
                new StoreOptions(address, "redmine", false, backoff, Duration.ofMinutes(5)),
                new NotificationReader(),
                clock);
        store.open();
        return store;
    }
}
