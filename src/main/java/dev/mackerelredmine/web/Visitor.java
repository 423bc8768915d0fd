package dev.mackerelredmine.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * For whom a page is made: in their language, in the service's time zone, at one moment. Templates have it as {@code v}.
 *
 * @param login by which they came in; null where none is asked for
 * @param mayAct whether they may change anything
 */
public record Visitor(Words words, ZoneId zone, Instant now, String login, boolean mayAct) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
    private static final Pattern KEPT_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final int HOURS_SHOWN_IN_HOURS = 48;

    Visitor at(Instant other) {
        return new Visitor(words, zone, other, login, mayAct);
    }

    public String language() {
        return words.language();
    }

    public String say(String word, Object... values) {
        return words.say(word, values);
    }

    /** What a word of the service means, such as {@code reopen}; the word itself where nothing more is known of it. */
    public String term(String group, String word) {
        String name = group + "." + word;
        return words.has(name) ? words.say(name) : word;
    }

    public String time(Instant time) {
        return TIME.withZone(zone).format(time);
    }

    public String time(long millis) {
        return time(Instant.ofEpochMilli(millis));
    }

    /** A text with the times that it names, as they are kept, in the zone of all others. */
    public String inZone(String text) {
        return KEPT_TIME.matcher(text).replaceAll(found -> time(Instant.parse(found.group())));
    }

    public String hour(Instant time) {
        return HOUR.withZone(zone).format(time);
    }

    /** As {@code Asia/Tokyo (+09:00)}. */
    public String zoneName() {
        String offset = zone.getRules().getOffset(now).getId();
        return zone.getId().equals(offset) ? offset : zone.getId() + " (" + (offset.equals("Z") ? "UTC" : offset) + ")";
    }

    /** How long since then, or until then, whichever it is. */
    public String age(Instant time) {
        return span(Duration.between(time, now).abs());
    }

    public String age(long millis) {
        return age(Instant.ofEpochMilli(millis));
    }

    public boolean isPast(Instant time) {
        return !time.isAfter(now);
    }

    public String span(Duration time) {
        if (time.toMinutes() < 1) {
            return say("age.seconds", time.toSeconds());
        }
        if (time.toHours() < 1) {
            return say("age.minutes", time.toMinutes());
        }
        return time.toHours() < HOURS_SHOWN_IN_HOURS
                ? say("age.hours", time.toHours(), time.toMinutesPart())
                : say("age.days", time.toDays(), time.toHoursPart());
    }

    /** As {@code 0.214 s}. */
    public String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
    }

    /** The page of an alert. */
    public String alertPage(String org, String id) {
        return "/alerts/" + (org.isEmpty() ? "" : encoded(org) + "/") + encoded(id);
    }

    /** @param name as org/id */
    public String alertPage(String name) {
        return "/alerts/" + encoded(name).replace("%2F", "/");
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
