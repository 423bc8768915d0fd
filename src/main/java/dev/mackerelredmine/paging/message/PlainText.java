package dev.mackerelredmine.paging.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Texts of others, made fit for one line. */
final class PlainText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PlainText() {}

    /** Without what no line shows: breaks, control characters, characters that turn the direction of reading, halves of characters. */
    static String oneLine(String text) {
        String shown = text == null ? "" : text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ");
        return shown.replaceAll(
                        "[\\x{200B}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2060}\\x{2066}-\\x{2069}\\x{FEFF}\\p{Cs}\\x{FFFE}\\x{FFFF}]",
                        "")
                .replaceAll(" {2,}", " ")
                .strip();
    }

    /** At most so many characters, of which a last … counts as one. No character is cut in half. */
    static String cut(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return most <= 0
                ? ""
                : text.substring(0, text.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text can be written as JSON", e);
        }
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
