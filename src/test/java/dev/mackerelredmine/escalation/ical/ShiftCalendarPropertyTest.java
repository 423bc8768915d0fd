package dev.mackerelredmine.escalation.ical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever people do to the shifts of a rota (swap, move, cancel, give up), and in whatever zones the calendar and this Java are: on call is
 * whoever is so in a plain list of the shifts.
 */
@Tag("fast")
class ShiftCalendarPropertyTest {

    private static final List<String> ZONES = List.of(
            "Asia/Tokyo", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/St_Johns", "UTC");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");

    /** A shift of the plain list, by the clock of the calendar's zone. */
    private record Plain(LocalDateTime from, LocalDateTime to, String name) {}

    private record Rota(int people, int shifts, LocalDateTime start, int days, boolean isAllDay, ZoneId zone) {

        static Rota any(int people, int shifts, Random random) {
            boolean isAllDay = random.nextBoolean();
            return new Rota(
                    people,
                    shifts,
                    LocalDate.of(2026, 1, 1)
                            .plusDays(random.nextInt(400))
                            .atTime(isAllDay ? 0 : random.nextInt(24), isAllDay ? 0 : 30 * random.nextInt(2)),
                    1 + random.nextInt(7),
                    isAllDay,
                    ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))));
        }

        LocalDateTime shift(int number) {
            return start.plusDays((long) days * number);
        }

        String time(String property, LocalDateTime local, Random random) {
            if (isAllDay) {
                return property + ";VALUE=DATE:" + DATE.format(local);
            }
            return switch (random.nextInt(3)) {
                case 0 -> property + ":" + TIME.format(local);
                case 1 -> property + ";TZID=" + zone + ":" + TIME.format(local);
                default -> property + ":" + TIME.format(local.atZone(zone).withZoneSameInstant(ZoneOffset.UTC)) + "Z";
            };
        }

        /** The zone of a series is that of its start: UTC would be another one. */
        String start(String property, LocalDateTime local) {
            return isAllDay
                    ? property + ";VALUE=DATE:" + DATE.format(local)
                    : property + ";TZID=" + zone + ":" + TIME.format(local);
        }
    }

    @Property(tries = 400)
    void on_call_is_whoever_is_so_in_a_plain_list(
            @ForAll @IntRange(min = 1, max = 4) int people,
            @ForAll @IntRange(min = 1, max = 60) int shifts,
            @ForAll long seed)
            throws Exception {
        Random random = new Random(seed);
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(ZONES.get(random.nextInt(ZONES.size()))));
        try {
            assertSame(Rota.any(people, shifts, random), random);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    /** Files of all three kinds, with a few bytes changed, cut out or doubled. */
    @Property(tries = 600)
    void what_is_broken_is_refused_in_time(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        byte[] file = TestCalendar.file(
                List.of("google.ics", "outlook.ics", "garoon.ics").get(random.nextInt(3)));
        for (int i = 0; i <= random.nextInt(4); i++) {
            file = broken(file, random);
        }
        byte[] content = file;
        Path folder = Path.of("target");
        FeedSource source = new FeedSource() {
            @Override
            Answer fetch(String address, String tag) {
                return new Answer(content, null);
            }
        };
        Feed feed = new Feed(
                new Feed.Key("primary", "ical", "file:" + seed, null),
                KeptCopy.of(folder, "file:" + seed),
                source,
                Clock.systemUTC(),
                true);

        long begun = System.nanoTime();
        feed.at(Instant.now().plusSeconds(random.nextInt(100_000_000)));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    private static byte[] broken(byte[] file, Random random) {
        int at = random.nextInt(file.length);
        int to = Math.min(file.length, at + random.nextInt(40));
        ByteArrayOutputStream broken = new ByteArrayOutputStream();
        broken.write(file, 0, at);
        switch (random.nextInt(3)) {
            case 0 -> {
                broken.write("0129;:,=-TZPWMY\n \"".charAt(random.nextInt(18)));
                at++;
            }
            case 1 -> at = to;
            default -> broken.write(file, at, to - at);
        }
        broken.write(file, at, file.length - at);
        return broken.toByteArray();
    }

    private static void assertSame(Rota rota, Random random) throws FeedException {
        List<Plain> plain = new ArrayList<>();
        TestCalendar written = TestCalendar.in(rota.zone().getId());
        for (int person = 0; person < rota.people(); person++) {
            write(rota, person, random, written, plain);
        }
        ShiftCalendar read = ShiftCalendar.read(written.bytes(), null);
        for (int i = 0; i < 200; i++) {
            Instant at = rota.start()
                    .atZone(rota.zone())
                    .toInstant()
                    .plusSeconds(1800L * (random.nextInt(48 * rota.days() * (rota.shifts() + 4)) - 96));
            assertThat(read.at(at).map(Shift::name).orElse("nobody"))
                    .as("at %s in%n%s", at.atZone(rota.zone()), written)
                    .isEqualTo(onCall(plain, at, rota.zone()));
        }
    }

    /** One series for each person, with what was done to it. */
    private static void write(Rota rota, int person, Random random, TestCalendar written, List<Plain> plain) {
        List<String> series = new ArrayList<>(List.of(
                "UID:" + person,
                rota.start("DTSTART", rota.shift(person)),
                rota.start("DTEND", rota.shift(person + 1)),
                "RRULE:FREQ=DAILY;INTERVAL=" + rota.days() * rota.people() + ";COUNT=" + rota.shifts()));
        String name = "P" + person;
        for (int i = 0; i < rota.shifts(); i++) {
            LocalDateTime from = rota.shift(person + i * rota.people());
            LocalDateTime to = from.plusDays(rota.days());
            String id = rota.time("RECURRENCE-ID", from, random);
            switch (random.nextInt(8)) {
                case 0 -> series.add(rota.time("EXDATE", from, random));
                case 1 -> written.event(name, "UID:" + person, id, "STATUS:CANCELLED", rota.start("DTSTART", from));
                case 2 -> {
                    written.event("Swap", "UID:" + person, id, rota.start("DTSTART", from), rota.start("DTEND", to));
                    plain.add(new Plain(from, to, "Swap"));
                }
                case 3 -> {
                    LocalDateTime later = from.plusDays(1);
                    written.event(
                            name,
                            "UID:" + person,
                            id,
                            rota.start("DTSTART", later),
                            rota.start("DTEND", to.plusDays(1)));
                    plain.add(new Plain(later, to.plusDays(1), name));
                }
                default -> plain.add(new Plain(from, to, name));
            }
        }
        written.event(name, series.toArray(String[]::new));
    }

    private static String onCall(List<Plain> plain, Instant at, ZoneId zone) {
        String name = "nobody";
        Instant begun = Instant.MIN;
        for (Plain each : plain) {
            Instant from = each.from().atZone(zone).toInstant();
            Instant to = each.to().atZone(zone).toInstant();
            boolean isAt = !at.isBefore(from) && at.isBefore(to);
            boolean isLater =
                    from.isAfter(begun) || from.equals(begun) && each.name().compareTo(name) > 0;
            if (isAt && isLater) {
                name = each.name();
                begun = from;
            }
        }
        return name;
    }
}
