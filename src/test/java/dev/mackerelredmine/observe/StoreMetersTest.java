package dev.mackerelredmine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.notice.DeliveryRate;
import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.store.Backoff;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreAddress;
import dev.mackerelredmine.store.StoreOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
final class StoreMetersTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private final RedmineBreaker breaker = new RedmineBreaker(Duration.ofSeconds(1), Duration.ofSeconds(30));

    @TempDir
    Path folder;

    private Store store(String file) throws IOException {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        String url = "jdbc:sqlite:" + folder.resolve(file);
        Store store = new Store(
                new StoreOptions(StoreAddress.of(url), "redmine", false, backoff, Duration.ofMinutes(5)),
                new NotificationReader());
        store.open();
        return store;
    }

    private StoreMeters meters(Store store) {
        return new StoreMeters(
                registry, new DeliveryRate(store.deliveries(), breaker, 5), store, new StoreHealth(store), breaker);
    }

    @Test
    void shows_that_redmine_is_away_while_it_is() throws Exception {
        try (Store store = store("store.db")) {
            meters(store).register();
            assertThat(registry.get("mackerel.redmine.breaker.open").gauge().value())
                    .isZero();
            breaker.redmineIsAway(new IOException("connection refused"));

            assertThat(registry.get("mackerel.redmine.breaker.open").gauge().value())
                    .isOne();
        }
    }

    private double pending() {
        return registry.get("mackerel.redmine.pending.events").gauge().value();
    }

    /** Camel may make the beans of a start twice. */
    @Test
    void shows_the_last_one_of_two_stores_that_were_opened_one_after_the_other() throws Exception {
        try (Store first = store("first.db");
                Store second = store("second.db")) {
            second.inbox().keep(TestAlerts.critical().notification(), null);
            StoreMeters retired = meters(first);
            retired.register();

            retired.unregister();
            meters(second).register();

            assertThat(pending()).isOne();
        }
    }

    @Test
    void shows_no_number_where_the_store_cannot_be_read() throws Exception {
        Store store = store("store.db");
        meters(store).register();
        store.close();

        assertThat(pending()).isNaN();
        assertThat(registry.get("mackerel.redmine.store.writable").gauge().value())
                .isZero();
    }
}
