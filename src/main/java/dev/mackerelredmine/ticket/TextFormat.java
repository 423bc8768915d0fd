package dev.mackerelredmine.ticket;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How Redmine formats texts, and so how text is kept from being taken for anything but text. */
public enum TextFormat {
    COMMON_MARK("```\n", "\n```"),
    MARKDOWN("```\n", "\n```"),
    TEXTILE("<pre>\n", "\n</pre>");

    private final String opening;
    private final String closing;

    TextFormat(String opening, String closing) {
        this.opening = opening;
        this.closing = closing;
    }

    public static Optional<TextFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(word))
                .findFirst();
    }

    /** JSON shown as it is. In its texts, the characters that could end the block are written as JSON's own escapes. */
    String verbatim(String json) {
        return opening + json.replace("`", "\\u0060").replace("<", "\\u003c") + closing;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
