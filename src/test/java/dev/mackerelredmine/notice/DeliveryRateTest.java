package dev.mackerelredmine.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.notice.BacklogForecast.End;
import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.store.Backoff;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreAddress;
import dev.mackerelredmine.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
final class DeliveryRateTest {

    private static final long FIVE_A_SECOND = 5;

    @TempDir
    Path folder;

    private final RedmineBreaker breaker = new RedmineBreaker(Duration.ofMillis(1), Duration.ofMillis(1));
    private final AtomicLong nanoTime = new AtomicLong();
    private Store store;
    private DeliveryRate rate;
    private int kept;

    @BeforeEach
    void open() throws IOException {
        store = store();
        store.open();
        rate = new DeliveryRate(store.deliveries(), breaker, FIVE_A_SECOND, nanoTime::get);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private Store store() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        String url = "jdbc:sqlite:" + folder.resolve("store.db");
        return new Store(
                new StoreOptions(StoreAddress.of(url), "redmine", false, backoff, Duration.ofMinutes(5)),
                new NotificationReader());
    }

    /** A problem of its own each. */
    private void keep(int alerts) {
        for (int i = 0; i < alerts; i++, kept++) {
            store.inbox()
                    .keep(
                            TestAlerts.critical()
                                    .id("A" + kept)
                                    .monitor("CPU " + kept)
                                    .notification(),
                            null);
        }
    }

    private static void deliver(Store by, int problems) {
        for (int i = 0; i < problems; i++) {
            by.deliveries().delivered(by.deliveries().claim());
        }
    }

    private void pollAMinuteLater() {
        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        rate.sample();
    }

    private void assertThatAllIsDeliveredIn(Duration left) {
        assertThat(rate.forecast().end()).isEqualTo(End.EXPECTED);
        assertThat(rate.forecast().left()).isEqualTo(left);
        assertThat(rate.forecast().secondsLeft()).isEqualTo(left.toSeconds());
    }

    private void assertThatTheEndIs(End end) {
        assertThat(rate.forecast().end()).isEqualTo(end);
        assertThat(rate.forecast().secondsLeft()).isNaN();
    }

    @Test
    void is_the_limit_of_requests_until_it_was_measured() {
        keep(100);
        assertThatAllIsDeliveredIn(Duration.ofSeconds(20));

        rate.sample();
        assertThatAllIsDeliveredIn(Duration.ofSeconds(20));
    }

    @Test
    void is_what_was_delivered_since_the_last_sample() {
        keep(100);
        rate.sample();
        deliver(store, 40);
        pollAMinuteLater();
        assertThatAllIsDeliveredIn(Duration.ofSeconds(90));

        deliver(store, 4);
        pollAMinuteLater();
        assertThatAllIsDeliveredIn(Duration.ofSeconds(56 * 15));
    }

    @Test
    void is_no_less_for_what_comes_in_meanwhile() {
        keep(100);
        rate.sample();
        deliver(store, 30);
        keep(50);
        pollAMinuteLater();

        assertThatAllIsDeliveredIn(Duration.ofSeconds(240));
    }

    @Test
    void counts_what_other_services_deliver() {
        keep(100);
        rate.sample();
        try (Store other = store()) {
            other.openBeside();
            deliver(other, 40);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        pollAMinuteLater();

        assertThatAllIsDeliveredIn(Duration.ofSeconds(90));
    }

    @Test
    void shows_no_end_where_nothing_was_delivered() {
        keep(100);
        rate.sample();
        pollAMinuteLater();

        assertThatTheEndIs(End.NOT_IN_SIGHT);
    }

    @Test
    void is_not_known_without_a_limit_until_it_was_measured() {
        rate = new DeliveryRate(store.deliveries(), breaker, 0, nanoTime::get);
        keep(100);
        rate.sample();
        assertThatTheEndIs(End.NOT_MEASURED);

        deliver(store, 40);
        pollAMinuteLater();
        assertThatAllIsDeliveredIn(Duration.ofSeconds(90));
    }

    @Test
    void is_not_known_while_redmine_is_away_and_begins_with_the_limit_when_it_is_back() {
        keep(100);
        rate.sample();
        breaker.redmineIsAway(new IOException("connection refused"));
        pollAMinuteLater();
        assertThatTheEndIs(End.AFTER_REDMINE_IS_BACK);

        pollAMinuteLater();
        await().until(breaker::allowsProbe);
        breaker.redmineAnswers();
        assertThatAllIsDeliveredIn(Duration.ofSeconds(20));
        pollAMinuteLater();
        assertThatAllIsDeliveredIn(Duration.ofSeconds(20));
    }

    @Test
    void is_not_asked_of_the_few_that_wait() {
        keep(49);
        rate.sample();

        assertThat(rate.forecast().end()).isEqualTo(End.OF_LITTLE);
        assertThat(rate.forecast().secondsLeft()).isZero();
        assertThat(rate.forecast().backlog().waiting()).isEqualTo(49);
    }

    /** Else the first look at a new backlog would take the quiet time before for the pace. */
    @Test
    void is_measured_anew_for_each_backlog() {
        keep(60);
        rate.sample();
        deliver(store, 60);
        pollAMinuteLater();
        keep(100);
        pollAMinuteLater();

        assertThatAllIsDeliveredIn(Duration.ofSeconds(20));
    }
}
