package dev.mackerelredmine.ticket.text;

import dev.mackerelredmine.ticket.Remark;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says things in the language and time zone of the tickets, in the words of {@code texts/}. */
public final class Sentences {

    /** The names of zones are English ones everywhere: JST, UTC. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ENGLISH);

    private static final DateTimeFormatter SHORT_TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ENGLISH);

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    private final Map<String, String> words;
    private final ZoneId zone;

    public Sentences(Map<String, String> words, ZoneId zone) {
        this.words = words;
        this.zone = zone;
    }

    Map<String, String> words() {
        return words;
    }

    public String say(String word, Object... values) {
        return PLACE.matcher(words.get(word)).replaceAll(place -> {
            int number = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(number < values.length ? values[number].toString() : place.group());
        });
    }

    /** In the words of {@code texts/}, where they have it, else as it is. */
    String translate(String prefix, String word) {
        return words.getOrDefault(prefix + word, word);
    }

    /** A remark's values can be words of ours, such as {@code project}. */
    String remark(Remark remark) {
        Object[] values = remark.values().stream()
                .map(value -> translate("name.", value.toString()))
                .toArray();
        return say("remark." + remark.kind(), values);
    }

    public String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    /** For a line that has to be short: 11-30 09:41. */
    public String shortTime(Instant at) {
        return SHORT_TIME.format(at.atZone(zone));
    }

    /** For a line that is read aloud: 11/30 09:41. */
    public String spokenTime(Instant at) {
        ZonedDateTime time = at.atZone(zone);
        return say("page.time", time.getMonthValue(), time.getDayOfMonth(), CLOCK.format(time));
    }

    /** The two largest units are enough. */
    public String duration(Duration length) {
        if (length.toDays() > 0) {
            return say("duration.days", length.toDays(), length.toHoursPart());
        }
        if (length.toHours() > 0) {
            return say("duration.hours", length.toHours(), length.toMinutesPart());
        }
        return length.toMinutes() > 0
                ? say("duration.minutes", length.toMinutes())
                : say("duration.seconds", length.toSeconds());
    }
}
