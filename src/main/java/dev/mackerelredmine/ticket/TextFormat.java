package dev.mackerelredmine.ticket;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How Redmine formats texts, and so how text is kept from being taken for anything but text. */
public enum TextFormat {
    COMMON_MARK("common_mark", "```\n", "\n```", "<br>", "<%s>"),
    /** Redmine's older Markdown drops HTML, so it cannot break a line within a table. */
    MARKDOWN("common_mark", "```\n", "\n```", " ", "<%s>"),
    TEXTILE("textile", "<pre>\n", "\n</pre>", "\n", "%s");

    private final String templates;
    private final String opening;
    private final String closing;
    private final String lineBreak;
    private final String link;

    TextFormat(String templates, String opening, String closing, String lineBreak, String link) {
        this.templates = templates;
        this.opening = opening;
        this.closing = closing;
        this.lineBreak = lineBreak;
        this.link = link;
    }

    public static Optional<TextFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(word))
                .findFirst();
    }

    /** The part of the templates' names that says for which text format they are. */
    public String templates() {
        return templates;
    }

    /** Text that Redmine shows as it is; see {@link Literal}. */
    public String escape(String text) {
        return Literal.of(text, lineBreak);
    }

    /** The same, with links to the web addresses in it. */
    String prose(String text) {
        return Literal.withLinks(text, lineBreak, link);
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
