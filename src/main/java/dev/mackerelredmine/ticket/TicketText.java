package dev.mackerelredmine.ticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.mackerel.Notification;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a ticket: a subject in one line of at most 255 characters, and the notification as it came. */
public final class TicketText {

    /** Redmine's limit, in characters, not bytes; a longer subject is refused. */
    private static final int LONGEST_SUBJECT = 255;

    /** Unicode's extended grapheme cluster: Java 17's BreakIterator does not know emoji that are joined. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final DefaultIndenter TWO_SPACES = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter INDENTED = JSON.writer(
            new DefaultPrettyPrinter().withObjectIndenter(TWO_SPACES).withArrayIndenter(TWO_SPACES));

    private final TextFormat format;

    public TicketText(TextFormat format) {
        this.format = format;
    }

    String subject(Notification notification) {
        String status = notification.alert().status().toString().toUpperCase(Locale.ROOT);
        String what = Stream.of(notification.alarmHost(), monitor(notification))
                .filter(word -> !word.isBlank())
                .collect(Collectors.joining(" "));
        return cut(line(status + ": " + what));
    }

    String monitor(Notification notification) {
        String name = notification.alert().monitorName();
        return name == null ? "" : line(name);
    }

    String alarmHost(Notification notification) {
        return line(notification.alarmHost());
    }

    String description(Notification notification, AlertKey key) {
        return description(notification, key, List.of());
    }

    String description(Notification notification, AlertKey key, List<Remark> remarks) {
        String said = remarks.stream()
                .map(remark -> line("Redmine has no %s named %s"
                                .formatted(remark.values().toArray()))
                        + ": its default was taken instead.\n\n")
                .collect(Collectors.joining());
        return format.verbatim(said + indented(notification.json())) + "\n\n" + key.marker();
    }

    String note(Note note) {
        return note.changes().stream()
                        .map(change -> change.at() + " " + change.notification().event())
                        .collect(Collectors.joining("\n"))
                + note.remarks() + "\n\n" + note.reference();
    }

    private static String indented(String json) {
        try {
            return INDENTED.writeValueAsString(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a notification's own text is JSON", e);
        }
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    }

    /** Cuts between what a reader takes for characters, never within one. */
    private static String cut(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST_SUBJECT) {
            return text;
        }
        int most = text.offsetByCodePoints(0, LONGEST_SUBJECT - 1);
        int end = CHARACTER
                .matcher(text)
                .results()
                .mapToInt(MatchResult::end)
                .takeWhile(after -> after <= most)
                .max()
                .orElse(0);
        return text.substring(0, end) + "…";
    }
}
