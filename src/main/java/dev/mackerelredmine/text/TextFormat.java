package dev.mackerelredmine.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How Redmine formats texts, and so how text is kept from being taken for anything but text. */
public enum TextFormat {
    COMMON_MARK(
            "common_mark", "```\n", "\n```", Block.FENCE, new MarkupEscaper("<br>", "<%s>", MarkupEscaper.Guard.SPAN)),
    /** Redmine's older Markdown drops HTML, so it cannot break a line within a table. */
    MARKDOWN(
            "common_mark",
            "```\n",
            "\n```",
            Block.FENCE,
            new MarkupEscaper(" ", "<%s>", MarkupEscaper.Guard.REFERENCE)),
    TEXTILE("textile", "<pre>\n", "\n</pre>", Block.PRE, new MarkupEscaper("\n", "%s", MarkupEscaper.Guard.CODE));

    private static final Pattern IN_HTML = Pattern.compile("[&<>`~{@]");
    private static final Pattern TILDES = Pattern.compile("~(?=~~)");

    private final String templates;
    private final String opening;
    private final String closing;
    private final Pattern notInBlock;
    private final MarkupEscaper literal;

    TextFormat(String templates, String opening, String closing, Pattern notInBlock, MarkupEscaper literal) {
        this.templates = templates;
        this.opening = opening;
        this.closing = closing;
        this.notInBlock = notInBlock;
        this.literal = literal;
    }

    /** What text in a block cannot hold: nothing in a block is escaped. */
    private static final class Block {

        /** Redmine cuts macros out before it formats: one that begins at the end of a line ends at the next }} at the begin of one. */
        private static final String MACRO = "\\{\\{\\w+(\\(.*\\))?$";

        /** Where Redmine looks for mentions, it takes the next three of either for a fence's end. */
        static final Pattern FENCE = Pattern.compile("```|~~~|" + MACRO, Pattern.MULTILINE);

        static final Pattern PRE =
                Pattern.compile("(?i)</?(pre|code|kbd|notextile)|<!--|<redpre|" + MACRO, Pattern.MULTILINE);
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

    /** Text that Redmine shows as it is; see {@link MarkupEscaper}. */
    public String escape(String text) {
        return literal.of(text);
    }

    /** The same, with links to the web addresses in it. */
    public String prose(String text) {
        return literal.withLinks(text);
    }

    /** Links to the web addresses in the text. */
    public List<Markup> links(String text) {
        return MarkupEscaper.addresses(text).stream()
                .map(address -> new Markup(literal.link(address), address))
                .toList();
    }

    /**
     * Lines of text, indented as they were: a command that is copied from there, or from the mail's plain text, is the command.
     * A text that could end the block is written with character references instead, which the mail's plain text shows.
     */
    public String block(String text) {
        String lines = Lines.indented(text);
        if (!notInBlock.matcher(lines).find()) {
            return opening + lines + closing;
        }
        return this == COMMON_MARK ? "<pre>\n" + references(lines) + "\n</pre>" : quotation(lines);
    }

    /** HTML's own block: in it, CommonMark resolves references and does nothing else. */
    private static String references(String lines) {
        return IN_HTML.matcher(lines)
                .replaceAll(character -> "&#" + (int) character.group().charAt(0) + ";");
    }

    /** These two resolve no references in a block, so this is none, and blanks at the beginning of lines are not seen. */
    private String quotation(String lines) {
        return lines.lines().map(line -> "> " + escape(line)).collect(Collectors.joining("\n"));
    }

    /**
     * JSON shown as it is. In its texts, the characters that could end the block, or what Redmine takes for its end where it looks
     * for mentions, are written as JSON's own escapes.
     */
    public String verbatim(String json) {
        String inside = json.replace("`", "\\u0060").replace("<", "\\u003c");
        return opening + TILDES.matcher(inside).replaceAll("\\\\u007e") + closing;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
