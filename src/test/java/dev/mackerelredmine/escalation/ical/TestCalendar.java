package dev.mackerelredmine.escalation.ical;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Calendars for tests, with the line ends that they have on the wire. */
final class TestCalendar {

    private final List<String> lines = new ArrayList<>(List.of("BEGIN:VCALENDAR", "VERSION:2.0"));

    static byte[] file(String name) throws IOException {
        try (InputStream file = TestCalendar.class.getResourceAsStream("/calendars/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    static TestCalendar in(String zone) {
        TestCalendar calendar = new TestCalendar();
        calendar.lines.add("X-WR-TIMEZONE:" + zone);
        return calendar;
    }

    static TestCalendar withoutZone() {
        return new TestCalendar();
    }

    TestCalendar event(String title, String... properties) {
        lines.add("BEGIN:VEVENT");
        lines.add("SUMMARY:" + title);
        lines.addAll(List.of(properties));
        lines.add("END:VEVENT");
        return this;
    }

    @Override
    public String toString() {
        return String.join("\r\n", lines) + "\r\nEND:VCALENDAR\r\n";
    }

    byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }
}
