package dev.mackerelredmine.explain;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A text of titles and lines, each a name and a value, with times as people read them. */
public final class Lines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final ZoneId zone;
    private final StringBuilder text = new StringBuilder();

    public Lines(ZoneId zone) {
        this.zone = zone;
    }

    public void title(String title) {
        text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
    }

    /** Nothing where there is no value. */
    public void line(String name, String value) {
        if (value != null && !value.isBlank()) {
            text.append(String.format("  %-9s %s%n", name, value.strip()));
        }
    }

    /** As it is. */
    public void block(String lines) {
        text.append(lines).append('\n');
    }

    public String time(Instant time) {
        return TIME.withZone(zone).format(time);
    }

    void clear() {
        text.setLength(0);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
