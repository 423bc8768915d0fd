package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mackerelredmine.redmine.LookUpFirstException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LifecycleTest {

    private static final Instant BEGUN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private static AlertHistory history(Long issue, Instant begun) {
        return new AlertHistory(
                1,
                new AlertKey("example", "2bjA"),
                new Ticket(issue, begun),
                List.of(critical().notification()));
    }

    private static Lifecycle after(Duration sinceBegun) {
        return new Lifecycle(SETTLE, Clock.fixed(BEGUN.plus(sinceBegun), ZoneOffset.UTC));
    }

    @ParameterizedTest(name = "ticket {0}, begun at {1}: {2}")
    @CsvSource({
        "  ,                     , create",
        "  , 2026-11-22T10:00:00Z, look-up",
        "  , 1970-01-01T00:00:00Z, look-up",
        "42,                     , nothing",
        "42, 2026-11-22T10:00:00Z, nothing"
    })
    void decides_what_is_next(Long issue, Instant begun, String action) {
        assertThat(after(Duration.ZERO).next(history(issue, begun))).hasToString(action);
    }

    @ParameterizedTest
    @CsvSource({"0, 60", "1, 60", "59, 60"})
    void does_not_believe_not_found_while_the_request_may_still_run(int seconds, int settled) {
        LookUpFirstException wait = catchThrowableOfType(
                LookUpFirstException.class,
                () -> after(Duration.ofSeconds(seconds)).believeNotFound(history(null, BEGUN)));

        assertThat(wait)
                .hasMessage(
                        "alert example/2bjA: an earlier try to create its ticket may still be under way in Redmine");
        assertThat(wait.notBefore()).contains(BEGUN.plusSeconds(settled));
        assertThat(wait.answered()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"60", "61", "86400"})
    void believes_not_found_when_the_request_has_settled(int seconds) {
        assertThatCode(() -> after(Duration.ofSeconds(seconds)).believeNotFound(history(null, BEGUN)))
                .doesNotThrowAnyException();
    }

    @Test
    void believes_not_found_at_once_when_redmine_has_answered_the_request() {
        assertThatCode(() -> after(Duration.ZERO).believeNotFound(history(null, Instant.EPOCH)))
                .doesNotThrowAnyException();
    }

    /** deliver.camel.yaml compares with these words. */
    @ParameterizedTest
    @EnumSource
    void says_its_actions_in_words_of_kebab_case(TicketAction action) {
        assertThat(action.toString()).matches("[a-z]+(-[a-z]+)*");
    }
}
