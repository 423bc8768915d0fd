package dev.mackerelredmine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.EscalationPolicy;
import dev.mackerelredmine.escalation.EscalationStep;
import dev.mackerelredmine.escalation.Rota;
import dev.mackerelredmine.escalation.Target;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.notice.Notice;
import dev.mackerelredmine.store.Backoff;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreAddress;
import dev.mackerelredmine.store.StoreOptions;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.ticket.text.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator is notified of: times in which nobody is on call. */
@Tag("fast")
class GapWatchTest {

    private static final ZoneId UTC = ZoneId.of("UTC");

    @TempDir
    Path folder;

    /** By which it looks and notifies again. What was sent has the store's time, which does not move. */
    private final MovableClock clock = new MovableClock();

    private Store store;
    private LocalDate emptyDay;
    private List<String> failures = List.of();

    @BeforeEach
    void open() throws IOException {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        StoreAddress address = StoreAddress.of("jdbc:sqlite:" + folder.resolve("store.db"));
        store = new Store(
                new StoreOptions(address, "redmine", false, backoff, Duration.ofMinutes(5)), new NotificationReader());
        store.open();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    /** Somebody is on call at all times, but on one day. */
    private final class ExceptOneDay implements Rota {
        @Override
        public Optional<String> onCall(Instant at) {
            return LocalDate.ofInstant(at, ZoneOffset.UTC).equals(emptyDay) ? Optional.empty() : Optional.of("Hanako");
        }

        @Override
        public List<String> failures(ZoneId zone) {
            return failures;
        }
    }

    private LocalDate inDays(int days) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(days);
    }

    private static EscalationPolicy policy(String hours, Target... whom) {
        EscalationStep step = new EscalationStep(Duration.ZERO, List.of(whom), List.of("slack"));
        return new EscalationPolicy("critical", hours, List.of(step), 0, Duration.ZERO, null);
    }

    private GapWatch watch(EscalationPolicy policy, LocalDate... holidays) throws IOException {
        EscalationFile file =
                new EscalationFile(Map.of("primary", new ExceptOneDay()), Map.of(), Map.of(policy.name(), policy));
        CurrentFile current = new CurrentFile(Files.writeString(folder.resolve("escalation.yaml"), ""), path -> file);
        current.begin();
        Texts texts = new Texts(folder.resolve("texts"), "en", "common_mark", text -> text);
        return new GapWatch(current, Set.of(holidays), store, new Sentences(texts.words(), UTC), clock);
    }

    private static final Target PRIMARY = new Target(Target.Kind.ROTA, "primary");

    private static Notice afterAPoll(GapWatch watch) {
        watch.check();
        return watch.next();
    }

    @Test
    void says_once_a_day_when_nobody_is_on_call_within_a_week() throws IOException {
        emptyDay = inDays(5);
        GapWatch watch = watch(policy(null, PRIMARY));

        Notice notice = afterAPoll(watch);
        watch.sent(notice);

        assertThat(notice.kind()).isEqualTo("rota-gap");
        assertThat(notice.title()).isEqualTo("Times without anybody on call in the next 7 days: 1");
        assertThat(notice.text()).contains("Rota primary: nobody from " + emptyDay + " 00:00");
        assertThat(afterAPoll(watch)).as("said already").isNull();
        clock.goOn(Duration.ofHours(25));
        assertThat(afterAPoll(watch)).as("a day later").isNotNull();
    }

    @Test
    void says_it_again_when_it_was_filled_in_between() throws IOException {
        emptyDay = inDays(5);
        GapWatch watch = watch(policy(null, PRIMARY));
        watch.sent(afterAPoll(watch));
        emptyDay = null;
        assertThat(afterAPoll(watch)).isNull();

        emptyDay = inDays(5);

        assertThat(afterAPoll(watch)).isNotNull();
    }

    @Test
    void says_nothing_of_what_is_more_than_a_week_away() throws IOException {
        emptyDay = inDays(9);

        assertThat(afterAPoll(watch(policy(null, PRIMARY)))).isNull();
    }

    @Test
    void says_nothing_of_a_rota_that_no_policy_asks() throws IOException {
        emptyDay = inDays(5);

        assertThat(afterAPoll(watch(policy(null, new Target(Target.Kind.PERSON, "Hanako")))))
                .isNull();
    }

    @Test
    void says_nothing_of_a_time_in_which_its_policy_does_not_begin() throws IOException {
        emptyDay = inDays(0).with(TemporalAdjusters.next(DayOfWeek.SUNDAY));

        assertThat(afterAPoll(watch(policy("Mon-Fri 09:00-18:00 UTC", PRIMARY))))
                .isNull();
        assertThat(afterAPoll(watch(policy("Mon-Sun 09:00-18:00 UTC", PRIMARY))))
                .isNotNull();
    }

    @Test
    void says_nothing_of_a_rota_whose_calendar_is_not_known() throws IOException {
        emptyDay = inDays(5);
        failures = List.of("its calendar was not fetched");

        assertThat(afterAPoll(watch(policy(null, PRIMARY))))
                .as("rota-stale says it")
                .isNull();
    }
}
