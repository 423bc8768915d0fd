package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.LoggedErrors;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class AvailabilityTest {

    private final Availability availability = new Availability();

    @Test
    void a_failure_of_what_began_before_the_last_success_says_nothing_about_now() {
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.store.Availability", Level.INFO)) {
            long waitsSince = System.nanoTime();
            availability.failed(new StoreException("away", null), System.nanoTime());
            assertThat(availability.isKnownToWork()).isFalse();
            availability.works();

            availability.failed(new StoreException("no connection within 5 s", null), waitsSince);

            assertThat(availability.isKnownToWork()).isTrue();
            assertThat(log.messages())
                    .containsExactly(
                            "The store cannot be used, so posts are refused and nothing is delivered: away.",
                            "The store can be used again, after 0 s");
        }
    }
}
