package dev.mackerelredmine.escalation.ical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calendars as Google Calendar, Exchange and Garoon write them, and each trap by itself; in whatever zone this Java is. */
@Tag("fast")
@ParameterizedClass
@ValueSource(strings = {"Asia/Tokyo", "America/Los_Angeles", "UTC"})
class ShiftCalendarTest {

    private static final String NOBODY = "(nobody)";

    private final TimeZone before = TimeZone.getDefault();

    @Parameter
    String zoneOfJava;

    @BeforeEach
    void setZone() {
        TimeZone.setDefault(TimeZone.getTimeZone(zoneOfJava));
    }

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(before);
    }

    private static String onCall(byte[] calendar, String at, String zone) throws FeedException {
        return onCall(ShiftCalendar.read(calendar, null), at, zone);
    }

    private static String onCall(ShiftCalendar calendar, String at, String zone) {
        Instant instant = LocalDateTime.parse(at).atZone(ZoneId.of(zone)).toInstant();
        return calendar.at(instant).map(Shift::name).orElse(NOBODY);
    }

    private static String tokyo(TestCalendar calendar, String at) throws FeedException {
        return onCall(calendar.bytes(), at, "Asia/Tokyo");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-06T23:59, (nobody)",
        "2026-12-07T00:00, 山田 花子",
        "2026-12-13T23:59, 山田 花子",
        "2026-12-14T00:00, 鈴木 太郎",
        "2026-12-21T12:00, 山田 花子",
        "2026-12-28T00:00, 佐藤 次郎(年末年始の交代。鈴木さんの代わりに二週目の当番を引き受けます)",
        "2027-01-05T08:59, 山田 花子",
        "2027-01-05T09:00, 'Jane O''Neil, Sr.'",
        "2027-01-05T18:00, 山田 花子",
        "2027-03-29T12:00, 山田 花子",
        "2027-04-05T12:00, 鈴木 太郎",
        "2027-04-12T12:00, (nobody)"
    })
    void reads_google_calendar(String at, String name) throws Exception {
        assertThat(onCall(TestCalendar.file("google.ics"), at, "Asia/Tokyo")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T08:59, (nobody)",
        "2026-12-01T09:00, 山田 花子",
        "2026-12-01T18:00, (nobody)",
        "2026-12-09T09:15, (nobody)",
        "2026-12-09T10:30, 鈴木 太郎",
        "2026-12-10T12:00, (nobody)",
        "2026-12-22T12:00, 山田 花子",
        "2026-12-23T12:00, (nobody)",
        "2026-12-24T12:00, (nobody)",
        "2026-12-25T12:00, 山田 花子",
        "2026-12-05T21:59, (nobody)",
        "2026-12-05T22:00, Jane Doe",
        "2027-03-14T20:59, (nobody)",
        "2027-03-14T21:00, Jane Doe",
        "2027-06-30T12:00, 山田 花子",
        "2027-07-01T12:00, (nobody)"
    })
    void reads_exchange_and_outlook(String at, String name) throws Exception {
        assertThat(onCall(TestCalendar.file("outlook.ics"), at, "Asia/Tokyo")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T09:00, 山田 花子",
        "2026-12-02T08:59, 山田 花子",
        "2026-12-02T09:00, 鈴木 太郎",
        "2026-12-03T09:00, (nobody)",
        "2026-12-04T00:00, 佐藤 次郎",
        "2026-12-05T00:00, (nobody)"
    })
    void reads_garoon(String at, String name) throws Exception {
        ShiftCalendar calendar = ShiftCalendar.read(TestCalendar.file("garoon.ics"), ZoneId.of("Asia/Tokyo"));

        assertThat(onCall(calendar, at, "Asia/Tokyo")).isEqualTo(name);
    }

    /** As octets, whatever character they cut: 75 of them a line, says the standard. */
    @ParameterizedTest
    @ValueSource(ints = {5, 17, 40, 75})
    void unfolds_in_the_middle_of_a_character(int octets) throws Exception {
        String name = "山田 花子と鈴木 太郎と佐藤 次郎と、それからまだ誰か";
        ByteArrayOutputStream folded = new ByteArrayOutputStream();
        for (String line : TestCalendar.in("Asia/Tokyo")
                .event(name, "DTSTART:20261201T090000", "DTEND:20261201T180000")
                .toString()
                .split("\r\n")) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < bytes.length; at += octets) {
                folded.writeBytes((at == 0 ? "" : "\r\n ").getBytes(StandardCharsets.UTF_8));
                folded.writeBytes(Arrays.copyOfRange(bytes, at, Math.min(at + octets, bytes.length)));
            }
            folded.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(onCall(folded.toByteArray(), "2026-12-01T12:00", "Asia/Tokyo"))
                .isEqualTo(name);
    }

    @Test
    void a_swapped_occurrence_is_not_there_twice() throws Exception {
        TestCalendar calendar = TestCalendar.in("Asia/Tokyo")
                .event("Hanako", "UID:1", "DTSTART:20261201T090000", "DTEND:20261201T180000", "RRULE:FREQ=DAILY")
                .event(
                        "Taro",
                        "UID:1",
                        "RECURRENCE-ID:20261203T000000Z",
                        "DTSTART:20261203T090000",
                        "DTEND:20261203T120000");

        assertThat(tokyo(calendar, "2026-12-03T10:00")).isEqualTo("Taro");
        assertThat(tokyo(calendar, "2026-12-03T14:00")).isEqualTo(NOBODY);
        assertThat(tokyo(calendar, "2026-12-04T14:00")).isEqualTo("Hanako");
    }

    @Test
    void the_last_change_of_an_occurrence_counts() throws Exception {
        String[] second = {
            "UID:1", "RECURRENCE-ID:20261202T090000", "SEQUENCE:2", "DTSTART:20261202T090000", "DURATION:PT9H"
        };
        String[] first = {
            "UID:1", "RECURRENCE-ID:20261202T090000", "SEQUENCE:1", "DTSTART:20261202T090000", "DURATION:PT9H"
        };
        TestCalendar calendar = TestCalendar.in("Asia/Tokyo")
                .event("Taro", second)
                .event("Jiro", first)
                .event("Hanako", "UID:1", "DTSTART:20261201T090000", "DURATION:PT9H", "RRULE:FREQ=DAILY");

        assertThat(tokyo(calendar, "2026-12-02T10:00")).isEqualTo("Taro");
    }

    @Test
    void a_cancelled_series_vanishes() throws Exception {
        TestCalendar calendar = TestCalendar.in("Asia/Tokyo")
                .event("Taro", "UID:1", "RECURRENCE-ID:20261202", "DTSTART:20261202", "DTEND:20261203")
                .event("Hanako", "UID:1", "STATUS:CANCELLED", "DTSTART:20261201", "RRULE:FREQ=DAILY");

        assertThat(tokyo(calendar, "2026-12-01T10:00")).isEqualTo(NOBODY);
        assertThat(tokyo(calendar, "2026-12-02T10:00")).isEqualTo(NOBODY);
    }

    @Test
    void a_changed_occurrence_of_a_series_that_is_not_in_the_calendar_stands_for_itself() throws Exception {
        TestCalendar calendar = TestCalendar.in("Asia/Tokyo")
                .event("Taro", "UID:1", "RECURRENCE-ID:20261202", "DTSTART:20261202", "DTEND:20261203");

        assertThat(tokyo(calendar, "2026-12-02T10:00")).isEqualTo("Taro");
    }

    @Test
    void days_are_those_of_the_calendars_zone_and_else_of_the_rotas() throws Exception {
        TestCalendar tokyo = TestCalendar.in("Asia/Tokyo").event("Hanako", "DTSTART;VALUE=DATE:20261201");
        TestCalendar none = TestCalendar.withoutZone().event("Hanako", "DTSTART;VALUE=DATE:20261201");

        ShiftCalendar ofCalendar = ShiftCalendar.read(tokyo.bytes(), ZoneId.of("America/New_York"));
        ShiftCalendar ofRota = ShiftCalendar.read(none.bytes(), ZoneId.of("America/New_York"));

        assertThat(onCall(ofCalendar, "2026-12-01T00:00", "Asia/Tokyo")).isEqualTo("Hanako");
        assertThat(onCall(ofCalendar, "2026-12-02T00:00", "Asia/Tokyo")).isEqualTo(NOBODY);
        assertThat(onCall(ofRota, "2026-12-01T00:00", "Asia/Tokyo")).isEqualTo(NOBODY);
        assertThat(onCall(ofRota, "2026-12-01T00:00", "America/New_York")).isEqualTo("Hanako");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DTSTART;VALUE=DATE:20261201", "DTSTART:20261201T090000"})
    void a_calendar_without_a_zone_is_refused_where_it_needs_one(String start) {
        assertRefused(
                TestCalendar.withoutZone().event("Hanako", start),
                "it has all-day events or times without a time zone, and does not say which zone it has: give the rota its"
                        + " time-zone");
    }

    @ParameterizedTest
    @CsvSource({
        "Tokyo Standard Time, Asia/Tokyo",
        "tokyo standard time, Asia/Tokyo",
        "Eastern Standard Time, America/New_York",
        "W. Europe Standard Time, Europe/Berlin",
        "/freeassociation.sourceforge.net/Asia/Tokyo, Asia/Tokyo",
        "/mozilla.org/20050126_1/America/Indiana/Knox, America/Indiana/Knox",
        "UTC, UTC"
    })
    void knows_zones_by_the_names_that_windows_and_others_have(String name, String zone) throws Exception {
        assertThat(Zones.named(name)).isEqualTo(ZoneId.of(zone));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Customized Time Zone", "Tokyo", "(UTC+09:00) Osaka, Sapporo, Tokyo", "/x/Nowhere", "+09:00"})
    void refuses_a_zone_that_it_does_not_know(String zone) {
        assertRefused(
                TestCalendar.in("Asia/Tokyo").event("Hanako", "DTSTART;TZID=\"" + zone + "\":20261201T090000"),
                "its time zone \"" + zone + "\" is not known");
        assertRefused(TestCalendar.in(zone), "its time zone \"" + zone + "\" is not known");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DTSTART:20261301T090000",
                "DTSTART:20260230",
                "DTSTART:20261201T250000",
                "DTSTART:2026-12-01T09:00:00",
                "DTSTART:20261201T0900",
                "DTSTART:tomorrow",
                "DTSTART:"
            })
    void refuses_dates_that_are_none(String start) {
        assertRefused(TestCalendar.in("Asia/Tokyo").event("Hanako", start), start + " is no date or time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RRULE:FREQ=FORTNIGHTLY | RRULE:FREQ=FORTNIGHTLY is not understood",
                "RRULE:BYDAY=MO | RRULE:BYDAY=MO is not understood",
                "RRULE:FREQ=WEEKLY;BYDAY=XX | RRULE:FREQ=WEEKLY;BYDAY=XX is not understood",
                "RRULE:FREQ=SECONDLY | RRULE:FREQ=SECONDLY is not understood",
                "RRULE:FREQ=DAILY;COUNT=0 | RRULE:FREQ=DAILY;COUNT=0 is not understood",
                "RRULE:FREQ=DAILY;COUNT=some | RRULE:FREQ=DAILY;COUNT=some is not understood",
                "RRULE:FREQ=DAILY;INTERVAL=-1 | RRULE:FREQ=DAILY;INTERVAL=-1 is not understood",
                "RRULE:RSCALE=CHINESE;FREQ=DAILY | RRULE:RSCALE=CHINESE;FREQ=DAILY is not understood",
                "RRULE:FREQ=DAILY;UNTIL=20261332 | UNTIL:20261332 is no date or time",
                "RRULE: | RRULE: is not understood",
                "EXRULE:FREQ=DAILY | EXRULE is not understood",
                "EXDATE:20261332 | EXDATE:20261332 is no date or time",
                "RDATE;VALUE=PERIOD:20261201T000000Z/PT9H | RDATE:20261201T000000Z/PT9H is no date or time",
                "DURATION:9 hours | DURATION:9 hours is no duration",
                "DTEND:20261130T000000 | an event ends before it begins, at DTSTART 20261201T090000",
                "RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T090000 | RECURRENCE-ID with RANGE is not understood"
            })
    void refuses_what_it_does_not_understand(String property, String reason) {
        assertRefused(
                TestCalendar.in("Asia/Tokyo").event("Hanako", "UID:1", "DTSTART:20261201T090000", property), reason);
    }

    @Test
    void refuses_what_is_no_whole_calendar() throws Exception {
        String whole = TestCalendar.in("Asia/Tokyo")
                .event("Hanako", "DTSTART:20261201")
                .toString();

        assertRefused(
                whole.substring(0, whole.length() - 20).getBytes(StandardCharsets.UTF_8),
                "it is only a part of a calendar: it does not end with END:VCALENDAR");
        assertRefused(
                "<!DOCTYPE html><html><title>Sign in</title></html>".getBytes(StandardCharsets.UTF_8),
                "it is a web page, maybe a login, and not a calendar: take the address in iCal format");
        assertRefused(new byte[0], "it is not a calendar: it does not start with BEGIN:VCALENDAR");
        assertRefused(whole.replace("Hanako", "山田").getBytes(Charset.forName("Windows-31J")), "it is not in UTF-8");
        assertRefused(TestCalendar.in("Asia/Tokyo").event("Hanako"), "an event has no DTSTART");
    }

    @Test
    void what_begins_last_counts_and_an_event_without_a_title_is_nobodys() throws Exception {
        TestCalendar calendar = TestCalendar.in("Asia/Tokyo")
                .event("Taro", "DTSTART:20261202T090000", "DTEND:20261202T120000")
                .event("Hanako", "DTSTART:20261201", "DTEND:20261205")
                .event(" ", "DTSTART:20261202T100000", "DTEND:20261202T110000");

        assertThat(tokyo(calendar, "2026-12-02T08:00")).isEqualTo("Hanako");
        assertThat(tokyo(calendar, "2026-12-02T09:00")).isEqualTo("Taro");
        assertThat(tokyo(calendar, "2026-12-02T10:00")).isEmpty();
        assertThat(tokyo(calendar, "2026-12-02T11:00")).isEqualTo("Taro");
        assertThat(tokyo(calendar, "2026-12-02T12:00")).isEqualTo("Hanako");
        assertThat(ShiftCalendar.read(calendar.bytes(), null)
                        .overlaps(Instant.parse("2026-12-01T00:00:00Z"), Duration.ofDays(30)))
                .containsExactly(
                        new Overlap(Instant.parse("2026-12-02T00:00:00Z"), "Hanako", "Taro"),
                        new Overlap(Instant.parse("2026-12-02T01:00:00Z"), "Hanako", ""));
    }

    @Test
    void shifts_that_meet_and_two_of_the_same_person_do_not_overlap() throws Exception {
        ShiftCalendar calendar = ShiftCalendar.read(
                TestCalendar.in("Asia/Tokyo")
                        .event("Hanako", "DTSTART:20261201", "DTEND:20261203")
                        .event("Hanako", "DTSTART:20261202T100000", "DTEND:20261202T110000")
                        .event("Taro", "DTSTART:20261203", "DTEND:20261205")
                        .bytes(),
                null);

        assertThat(calendar.overlaps(Instant.parse("2026-11-30T00:00:00Z"), Duration.ofDays(30)))
                .isEmpty();
    }

    /** By the clock, as calendars show it: no gap in spring, no two at once in autumn. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-08T08:59, Taro",
        "2026-03-08T09:00, Hanako",
        "2026-03-09T08:59, Hanako",
        "2026-03-09T09:00, Taro",
        "2026-11-01T08:59, Taro",
        "2026-11-01T09:00, Hanako",
        "2026-11-02T08:59, Hanako",
        "2026-11-02T09:00, Taro"
    })
    void shifts_go_by_the_clock_when_clocks_change(String at, String name) throws Exception {
        String new_york = ";TZID=America/New_York:";
        TestCalendar calendar = TestCalendar.withoutZone()
                .event(
                        "Hanako",
                        "DTSTART" + new_york + "20260306T090000",
                        "DTEND" + new_york + "20260307T090000",
                        "RRULE:FREQ=DAILY;INTERVAL=2")
                .event(
                        "Taro",
                        "DTSTART" + new_york + "20260307T090000",
                        "DTEND" + new_york + "20260308T090000",
                        "RRULE:FREQ=DAILY;INTERVAL=2");

        assertThat(onCall(calendar.bytes(), at, "America/New_York")).isEqualTo(name);
    }

    @Test
    void an_end_in_utc_is_an_instant_and_an_end_that_is_a_day_holds_the_whole_day() throws Exception {
        String start = "DTSTART;TZID=America/New_York:20261201T200000";
        TestCalendar instant = TestCalendar.withoutZone()
                .event("Hanako", start, "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20261204T010000Z");
        TestCalendar day = TestCalendar.in("America/New_York")
                .event("Hanako", start, "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20261204");

        assertThat(onCall(instant.bytes(), "2026-12-03T20:30", "America/New_York"))
                .isEqualTo("Hanako");
        assertThat(onCall(instant.bytes(), "2026-12-04T20:30", "America/New_York"))
                .isEqualTo(NOBODY);
        assertThat(onCall(day.bytes(), "2026-12-04T20:30", "America/New_York")).isEqualTo("Hanako");
        assertThat(onCall(day.bytes(), "2026-12-05T20:30", "America/New_York")).isEqualTo(NOBODY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RRULE:FREQ=DAILY;COUNT=3 | 2026-12-03T12:00 | 2026-12-04T12:00",
                "RRULE:FREQ=WEEKLY;BYDAY=TU,FR | 2027-06-04T12:00 | 2027-06-05T12:00",
                "RRULE:FREQ=WEEKLY;INTERVAL=3 | 2036-12-23T12:00 | 2036-12-16T12:00",
                "RRULE:FREQ=MONTHLY;BYDAY=1TU | 2027-07-06T12:00 | 2027-07-13T12:00",
                "RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1 | 2027-07-27T12:00 | 2027-07-20T12:00",
                "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1 | 2028-02-29T12:00 | 2028-02-28T12:00",
                "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31 | 2030-12-31T12:00 | 2031-01-01T12:00",
                "RRULE:UNTIL=20261203T235959;FREQ=DAILY | 2026-12-03T12:00 | 2026-12-04T12:00",
                "RDATE:20261224T090000,20261225T000000Z | 2026-12-25T12:00 | 2026-12-26T12:00"
            })
    void follows_rules(String rule, String on, String off) throws Exception {
        TestCalendar calendar =
                TestCalendar.in("Asia/Tokyo").event("Hanako", "DTSTART:20261201T090000", "DTEND:20261201T180000", rule);

        assertThat(tokyo(calendar, on)).isEqualTo("Hanako");
        assertThat(tokyo(calendar, off)).isEqualTo(NOBODY);
        assertThat(tokyo(calendar, "2026-12-01T12:00")).isEqualTo("Hanako");
    }

    @ParameterizedTest
    @Timeout(5)
    @ValueSource(
            strings = {
                "RRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2",
                "RRULE:FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2",
                "RRULE:FREQ=HOURLY",
                "RRULE:FREQ=HOURLY;COUNT=100000",
                "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
                "RRULE:FREQ=DAILY;UNTIL=99991231T000000Z",
                "RRULE:FREQ=DAILY;INTERVAL=10000"
            })
    void no_rule_takes_long(String rule) throws Exception {
        TestCalendar calendar =
                TestCalendar.in("Asia/Tokyo").event("Hanako", "DTSTART:19800101T090000", "DTEND:19800101T091000", rule);

        assertThat(tokyo(calendar, "1980-01-01T09:00")).isEqualTo("Hanako");
        assertThat(tokyo(calendar, "2026-12-01T12:30")).isEqualTo(NOBODY);
    }

    @Test
    void each_windows_name_is_a_zone() throws Exception {
        List<String> lines = new String(
                        Zones.class.getResourceAsStream("windows-zones.txt").readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(lines).hasSizeGreaterThan(90);
        for (String line : lines) {
            Zones.named(line.split(" = ")[0]);
        }
    }

    private static void assertRefused(TestCalendar calendar, String reason) {
        assertRefused(calendar.bytes(), reason);
    }

    private static void assertRefused(byte[] calendar, String reason) {
        assertThatThrownBy(() -> ShiftCalendar.read(calendar, null))
                .isInstanceOf(FeedException.class)
                .hasMessage(reason);
    }
}
