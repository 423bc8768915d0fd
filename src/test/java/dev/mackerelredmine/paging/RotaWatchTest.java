package dev.mackerelredmine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.IcalRota;
import dev.mackerelredmine.escalation.ical.RotaFeeds;
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
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator is notified of: calendars that are away. */
@Tag("fast")
class RotaWatchTest {

    private static final String CALENDAR = """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            SUMMARY:Hanako
            DTSTART:20261201T000000Z
            DTEND:20991231T000000Z
            END:VEVENT
            END:VCALENDAR
            """;

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();

    /** By which it notifies again. What was sent has the store's time, which does not move. */
    private final MovableClock clockOfNotices = new MovableClock();

    private Path calendar;
    private Store store;
    private RotaWatch watch;

    @BeforeEach
    void start() throws IOException {
        calendar = Files.writeString(folder.resolve("secret.ics"), CALENDAR);
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        StoreAddress address = StoreAddress.of("jdbc:sqlite:" + folder.resolve("store.db"));
        store = new Store(
                new StoreOptions(address, "redmine", false, backoff, Duration.ofMinutes(5)), new NotificationReader());
        store.open();
        RotaFeeds feeds = new RotaFeeds(folder, clock);
        EscalationFile file = new EscalationFile(
                Map.of("primary", feeds.of(new IcalRota("primary", "file:" + calendar, "", ZoneId.of("UTC")))),
                Map.of(),
                Map.of());
        CurrentFile current = new CurrentFile(Files.writeString(folder.resolve("escalation.yaml"), ""), path -> file);
        current.begin();
        Texts texts = new Texts(folder.resolve("texts"), "en", "common_mark", text -> text);
        watch = new RotaWatch(feeds, current, store, new Sentences(texts.words(), ZoneId.of("UTC")), clockOfNotices);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void says_nothing_while_they_are_there() {
        watch.refresh();
        clock.goOn(Duration.ofHours(30));
        watch.refresh();

        assertThat(watch.next()).isNull();
    }

    @Test
    void says_once_a_day_that_one_could_not_be_fetched_for_a_day() throws IOException {
        watch.refresh();
        Files.delete(calendar);
        clock.goOn(Duration.ofHours(23));
        watch.refresh();
        assertThat(watch.next()).isNull();

        clock.goOn(Duration.ofHours(2));
        Notice notice = watch.next();
        watch.sent(notice);

        assertThat(notice.kind()).isEqualTo("rota-stale");
        assertThat(notice.title()).isEqualTo("Calendars of rotas are not up to date: 1");
        assertThat(notice.text())
                .contains("Rota primary, ical: the copy of ", " is used, because its file is not there")
                .doesNotContain("secret");
        assertThat(watch.next()).isNull();
        clockOfNotices.goOn(Duration.ofHours(25));
        assertThat(watch.next()).isNotNull();
    }

    @Test
    void says_it_again_when_it_was_there_in_between() throws IOException {
        Files.delete(calendar);
        watch.refresh();
        Notice notice = watch.next();
        watch.sent(notice);
        assertThat(notice.text()).contains("Rota primary, ical: there is no copy, so nobody is on call");

        Files.writeString(calendar, CALENDAR);
        watch.refresh();
        assertThat(watch.next()).isNull();
        Files.delete(calendar);
        clock.goOn(Duration.ofHours(25));
        watch.refresh();

        assertThat(watch.next()).isNotNull();
    }
}
