package dev.mackerelredmine.escalation.ical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.IcalRota;
import dev.mackerelredmine.escalation.Rota;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calendars that are fetched from a server: while it is there, and while it is not. */
@Tag("fast")
class RotaFeedsTest {

    private static final Instant NOON = Instant.parse("2026-12-01T03:00:00Z");
    private static final TestCalendar HANAKO =
            TestCalendar.in("Asia/Tokyo").event("Hanako", "UID:1", "DTSTART:20261201", "RRULE:FREQ=DAILY");
    private static final TestCalendar TARO =
            TestCalendar.in("Asia/Tokyo").event("Taro", "UID:1", "DTSTART:20261201", "RRULE:FREQ=DAILY");

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final CalendarServer server;
    private LoggedErrors log;
    private RotaFeeds feeds;

    RotaFeedsTest() throws IOException {
        server = new CalendarServer();
    }

    @BeforeEach
    void start() {
        log = LoggedErrors.of("dev.mackerelredmine.escalation.ical", Level.INFO);
        feeds = started();
        server.put(HANAKO);
    }

    @AfterEach
    void stop() {
        log.close();
        server.close();
    }

    /** As a start of the service does. */
    private RotaFeeds started() {
        return new RotaFeeds(folder.resolve("copies"), clock);
    }

    private static FeedRota rota(RotaFeeds feeds, String ical, String overrides) {
        return (FeedRota) feeds.of(new IcalRota("primary", ical, overrides, ZoneId.of("Asia/Tokyo")));
    }

    private static EscalationFile file(Rota rota) {
        return new EscalationFile(Map.of("primary", rota), Map.of(), Map.of());
    }

    private List<String> problems(Rota rota) {
        return Stream.concat(
                        rota.failures(ZoneId.of("Asia/Tokyo")).stream(),
                        rota.overlaps(clock.instant(), ZoneId.of("Asia/Tokyo")).stream())
                .toList();
    }

    @Test
    void fetches_when_it_is_first_asked_and_then_when_it_is_asked_to() {
        FeedRota rota = rota(feeds, server.address(), "");
        assertThat(server.answered()).isEmpty();

        assertThat(rota.onCall(NOON)).contains("Hanako");
        server.put(TARO);
        assertThat(rota.onCall(NOON)).contains("Hanako");
        feeds.refresh(file(rota));

        assertThat(rota.onCall(NOON)).contains("Taro");
        assertThat(server.answered()).containsExactly(200, 200);
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void does_not_fetch_again_what_has_not_changed() {
        FeedRota rota = rota(feeds, server.address(), "");

        feeds.refresh(file(rota));
        feeds.refresh(file(rota));

        assertThat(server.answered()).containsExactly(200, 304);
        assertThat(rota.onCall(NOON)).contains("Hanako");
    }

    @Test
    void a_calendar_stays_when_the_file_is_read_again() {
        rota(feeds, server.address(), "").onCall(NOON);

        rota(feeds, server.address(), "").onCall(NOON);

        assertThat(server.answered()).containsExactly(200);
    }

    @Test
    void follows_a_redirect() {
        assertThat(rota(feeds, server.movedAddress(), "").onCall(NOON)).contains("Hanako");
    }

    @Test
    void overrides_count_wherever_they_have_an_event() throws IOException {
        Path overrides = folder.resolve("overrides.ics");
        Files.write(
                overrides,
                TestCalendar.in("Asia/Tokyo")
                        .event("Taro", "DTSTART:20261201T110000", "DTEND:20261201T130000")
                        .event("", "DTSTART:20261201T140000", "DTEND:20261201T150000")
                        .bytes());

        FeedRota rota = rota(feeds, server.address(), "file:" + overrides);

        assertThat(rota.onCall(NOON)).contains("Taro");
        assertThat(rota.onCall(Instant.parse("2026-12-01T05:30:00Z"))).isEmpty();
        assertThat(rota.onCall(Instant.parse("2026-12-01T06:30:00Z"))).contains("Hanako");
    }

    @Test
    void holds_until_something_changes() throws IOException {
        Path overrides = folder.resolve("overrides.ics");
        Files.write(
                overrides,
                TestCalendar.in("Asia/Tokyo")
                        .event("Taro", "DTSTART:20261201T140000", "DTEND:20261201T150000")
                        .bytes());
        FeedRota rota = rota(feeds, server.address(), "file://" + overrides);

        assertThat(rota.holdsUntil(NOON)).isEqualTo("2026-12-01T05:00:00Z");
        assertThat(rota.holdsUntil(Instant.parse("2026-12-01T05:00:00Z"))).isEqualTo("2026-12-01T06:00:00Z");
        assertThat(rota.holdsUntil(Instant.parse("2026-12-01T06:00:00Z"))).isEqualTo("2026-12-01T15:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | oops | it was answered with 500",
                "404 | | it was answered with 404",
                "200 | <!DOCTYPE html><form> | it is a web page, maybe a login, and not a calendar: take the address in iCal format",
                "200 | BEGIN:VCALENDAR | it is only a part of a calendar: it does not end with END:VCALENDAR",
                "200 | BEGIN:VCALENDAR¶BEGIN:VEVENT¶DTSTART:20261201T000000Z¶DURATION:P99999999W¶END:VEVENT¶END:VCALENDAR | an event lasts for more than 200 years",
                "200 | | it is not a calendar: it does not start with BEGIN:VCALENDAR"
            })
    void the_last_good_copy_counts_while_what_comes_is_no_calendar(int status, String body, String reason) {
        FeedRota rota = rota(feeds, server.address(), "");
        feeds.refresh(file(rota));
        Instant lastGood = feeds.stale(file(rota)).isEmpty() ? clock.instant() : null;

        server.put(
                status, body == null ? new byte[0] : body.replace("¶", "\r\n").getBytes(UTF_8));
        feeds.refresh(file(rota));
        feeds.refresh(file(rota));

        assertThat(rota.onCall(NOON)).contains("Hanako");
        assertThat(feeds.stale(file(rota))).isEmpty();
        assertThat(problems(rota)).singleElement().asString().contains("cannot be fetched: " + reason);
        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith(
                        "The calendar \"ical\" of the rota primary could not be fetched: " + reason + ". The copy of ");

        clock.goOn(Duration.ofHours(25));
        assertThat(feeds.stale(file(rota))).singleElement().satisfies(stale -> {
            assertThat(stale.rota()).isEqualTo("primary");
            assertThat(stale.key()).isEqualTo("ical");
            assertThat(stale.reason()).isEqualTo(reason);
            assertThat(stale.lastGood()).isBeforeOrEqualTo(lastGood);
        });

        server.put(TARO);
        feeds.refresh(file(rota));
        assertThat(feeds.stale(file(rota))).isEmpty();
        assertThat(problems(rota)).isEmpty();
        assertThat(rota.onCall(NOON)).contains("Taro");
    }

    @Test
    void an_answer_that_ends_in_the_middle_changes_nothing() {
        FeedRota rota = rota(feeds, server.address(), "");
        feeds.refresh(file(rota));

        server.put(TARO);
        server.cut();
        feeds.refresh(file(rota));

        assertThat(rota.onCall(NOON)).contains("Hanako");
        assertThat(problems(rota)).singleElement().asString().contains("it cannot be reached");
    }

    @Test
    void an_answer_that_is_too_large_changes_nothing() {
        FeedRota rota = rota(feeds, server.address(), "");
        feeds.refresh(file(rota));

        server.put(200, new byte[6 * 1024 * 1024]);
        feeds.refresh(file(rota));

        assertThat(rota.onCall(NOON)).contains("Hanako");
        assertThat(problems(rota)).singleElement().asString().contains("it is larger than 5242880 bytes");
    }

    @Test
    void a_start_without_the_server_has_the_copy_of_before_and_its_age() throws IOException {
        feeds.refresh(file(rota(feeds, server.address(), "")));
        server.close();
        clock.goOn(Duration.ofHours(23));

        feeds = started();
        FeedRota rota = rota(feeds, server.address(), "");

        assertThat(rota.onCall(NOON)).contains("Hanako");
        feeds.refresh(file(rota));
        assertThat(rota.onCall(NOON)).contains("Hanako");
        assertThat(feeds.stale(file(rota))).isEmpty();
        clock.goOn(Duration.ofHours(2));
        assertThat(feeds.stale(file(rota))).hasSize(1);
        assertThat(kept()).hasSize(1);
    }

    @Test
    void an_answer_that_nothing_has_changed_makes_the_copy_young_again() {
        feeds.refresh(file(rota(feeds, server.address(), "")));
        clock.goOn(Duration.ofHours(20));
        feeds.refresh(file(rota(feeds, server.address(), "")));
        clock.goOn(Duration.ofHours(20));
        server.close();

        feeds = started();

        assertThat(feeds.stale(file(rota(feeds, server.address(), "")))).isEmpty();
        assertThat(server.answered()).containsExactly(200, 304);
    }

    @Test
    void a_command_fetches_once_and_keeps_and_logs_nothing() throws IOException {
        feeds.refresh(file(rota(feeds, server.address(), "")));
        server.put(TARO);

        RotaFeeds ofCommand = RotaFeeds.forCommand(folder.resolve("copies"), clock);
        FeedRota rota = rota(ofCommand, server.address(), "file:none");

        assertThat(rota.onCall(NOON)).contains("Taro");
        assertThat(rota.onCall(NOON)).contains("Taro");
        assertThat(server.answered()).containsExactly(200, 200);
        assertThat(problems(rota))
                .containsExactly("its calendar of overrides cannot be fetched: its file is not there");
        assertThat(kept()).singleElement().satisfies(copy -> assertThat(copy).hasBinaryContent(HANAKO.bytes()));
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void a_command_has_the_copy_of_the_service_while_the_server_is_away() {
        feeds.refresh(file(rota(feeds, server.address(), "")));
        server.close();

        RotaFeeds ofCommand = RotaFeeds.forCommand(folder.resolve("copies"), clock);

        assertThat(rota(ofCommand, server.address(), "").onCall(NOON)).contains("Hanako");
    }

    @Test
    void a_copy_that_is_broken_is_not_used() throws IOException {
        rota(feeds, server.address(), "").onCall(NOON);
        Files.writeString(kept().get(0), "BEGIN:VCALENDAR\r\nBEGIN:VEV");
        server.put(TARO);

        FeedRota rota = rota(started(), server.address(), "");

        assertThat(rota.onCall(NOON)).contains("Taro");
        assertThat(log.messages()).singleElement().asString().startsWith("The stored copy of");
    }

    @Test
    void a_copy_that_somebody_removed_is_written_again() throws IOException {
        FeedRota rota = rota(feeds, server.address(), "");
        feeds.refresh(file(rota));
        Files.delete(kept().get(0));

        feeds.refresh(file(rota));
        feeds.refresh(file(rota));

        assertThat(server.answered()).containsExactly(200, 304, 200);
        assertThat(kept()).hasSize(1);
    }

    @Test
    void a_copy_that_cannot_be_kept_counts_until_the_service_stops() throws IOException {
        Files.writeString(folder.resolve("copies"), "a file, not a folder");
        FeedRota rota = rota(feeds, server.address(), "");

        assertThat(rota.onCall(NOON)).contains("Hanako");
        assertThat(feeds.stale(file(rota))).isEmpty();
    }

    @Test
    void a_calendar_that_was_never_there_is_stale_at_once() {
        server.put(403, new byte[0]);
        FeedRota rota = rota(feeds, server.address(), "");

        assertThat(rota.onCall(NOON)).isEmpty();

        assertThat(feeds.stale(file(rota)))
                .containsExactly(new StaleFeed("primary", "ical", null, "it was answered with 403"));
        assertThat(log.messages())
                .containsExactly(
                        "The calendar \"ical\" of the rota primary could not be fetched: it was answered with 403. Nobody is on call by it");
    }

    @Test
    void a_calendar_that_was_never_there_is_asked_for_by_the_timer_only() {
        server.put(403, new byte[0]);
        FeedRota rota = rota(feeds, server.address(), "");

        rota.onCall(NOON);
        rota.onCall(NOON);

        assertThat(server.answered()).containsExactly(403);
    }

    @Test
    void a_file_may_be_away() {
        FeedRota rota = rota(feeds, "file:" + folder.resolve("none.ics"), "");

        assertThat(rota.onCall(NOON)).isEmpty();
        assertThat(problems(rota)).containsExactly("its calendar cannot be fetched: its file is not there");
    }

    @Test
    void finds_two_people_at_once() {
        server.put(TestCalendar.in("Asia/Tokyo")
                .event("Hanako", "DTSTART:20200101T090000", "DTEND:20200101T180000", "RRULE:FREQ=DAILY")
                .event("Taro", "DTSTART:20200101T100000", "DTEND:20200101T110000", "RRULE:FREQ=DAILY"));

        assertThat(problems(rota(feeds, server.address(), "")))
                .hasSize(5)
                .first()
                .asString()
                .startsWith("its calendar has Hanako and Taro at once from ")
                .endsWith(" 10:00: Taro is on call, whose shift begins last");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ical: it is empty",
                "secret | ical: its address must start with https://, http:// or file:",
                "ftp://secret/x | ical: its address must start with https://, http:// or file:",
                "https:/secret | ical: its address must start with https://, http:// or file:",
                "https://secret/{{x | ical: its address is no address",
                "file: | ical: its address names no file"
            })
    void says_what_is_wrong_with_an_address_and_not_the_address(String address, String message) {
        assertThatThrownBy(() -> rota(feeds, address, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message)
                .hasNoCause();
    }

    /** Whoever has it can read the calendar. */
    @Test
    void the_address_stands_nowhere() throws IOException {
        FeedRota rota = rota(feeds, server.address(), server.movedAddress());
        feeds.refresh(file(rota));
        server.put(500, server.address().getBytes(UTF_8));
        feeds.refresh(file(rota));
        server.cut();
        feeds.refresh(file(rota));
        server.close();
        feeds.refresh(file(rota));
        Rota unknownHost = rota(feeds, "https://" + CalendarServer.SECRET + ".invalid/x", "");
        feeds.refresh(file(unknownHost));
        clock.goOn(Duration.ofDays(2));

        assertThat(log.messages()).hasSize(5);
        assertThat(Stream.of(
                                log.messages().stream(),
                                problems(rota).stream(),
                                feeds.stale(file(rota)).stream(),
                                problems(unknownHost).stream(),
                                kept().stream(),
                                Stream.of(new IcalRota("primary", server.address(), "", null), rota))
                        .flatMap(it -> it)
                        .map(String::valueOf))
                .noneMatch(text -> text.contains(CalendarServer.SECRET) || text.contains("localhost"));
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("copies"))) {
            return files.toList();
        }
    }
}
