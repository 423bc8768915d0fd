package dev.mackerelredmine.escalation.ical;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An iCalendar file as text, its folded lines whole again. They are put together as bytes, because writers fold in the middle of a Japanese
 * character. What is no calendar, or only half of one, is refused.
 */
final class IcalText {

    private static final String BEGIN = "BEGIN:VCALENDAR";
    private static final String END = "END:VCALENDAR";

    private IcalText() {}

    static String of(byte[] content) throws FeedException {
        String text = decoded(unfolded(content)).replaceFirst("^\\uFEFF", "").strip();
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.startsWith("<!DOCTYPE") || upper.startsWith("<HTML")) {
            throw new FeedException(
                    "it is a web page, maybe a login, and not a calendar: take the address in iCal format");
        }
        if (!upper.startsWith(BEGIN)) {
            throw new FeedException("it is not a calendar: it does not start with " + BEGIN);
        }
        if (!upper.endsWith("\n" + END)) {
            throw new FeedException("it is only a part of a calendar: it does not end with " + END);
        }
        return text;
    }

    private static byte[] unfolded(byte[] content) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(content.length);
        int at = 0;
        while (at < content.length) {
            int fold = foldAt(content, at);
            if (fold == 0) {
                whole.write(content[at]);
            }
            at += Math.max(fold, 1);
        }
        return whole.toByteArray();
    }

    /** How many bytes the fold has that begins here; 0 where none does. */
    private static int foldAt(byte[] content, int at) {
        int lineFeed = content[at] == '\r' ? at + 1 : at;
        boolean isFold = lineFeed + 1 < content.length
                && content[lineFeed] == '\n'
                && (content[lineFeed + 1] == ' ' || content[lineFeed + 1] == '\t');
        return isFold ? lineFeed + 2 - at : 0;
    }

    private static String decoded(byte[] content) throws FeedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FeedException("it is not in UTF-8");
        }
    }
}
