package dev.mackerelredmine.ticket;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other people's text, written so that Redmine shows it as it is and takes nothing in it for a macro, a mention, an image, a table's
 * edge or a link. Punctuation is left alone where no text format can see anything in it, and is a character reference elsewhere. Some
 * formats turn those into characters before Redmine looks for its own links: there a word joiner, which is not seen, stands in between.
 */
final class Literal {

    private static final String WORD = "[\\p{L}\\p{M}\\p{N}]";
    private static final String LINKED =
            "(?:attachment|document|version|forum|news|message|project|commit|source|export|user)";

    /** What opens nothing where it stands: between spaces, within a word, or after one. */
    private static final String HARMLESS = String.join(
            "|",
            "(?<=\\S )[-%>+=](?=\\s|$)",
            "(?<![^ ])[-+](?=\\d)",
            "(?<=" + WORD + ")[-_+](?=" + WORD + ")",
            "(?<=" + WORD + ")[%?](?!" + WORD + ")",
            "(?<=" + WORD + ")(?<!(?i:www))\\.(?=" + WORD + ")",
            "(?<=\\S \\S{0,80}[\\p{L}\\p{M}\\p{N}/)])(?<!(?i:www))\\.(?=\\s|$)",
            "(?<=[\\p{L}\\p{M}\\p{N})）]):(?=\\s)",
            "(?<=" + WORD + ")(?<!" + LINKED + "|mailto|xmpp):(?=" + WORD + ")",
            "(?<=.)/",
            "(?<=\\p{Ll}|\\S )\\((?=\\S)",
            "(?<=.)(?<!^\\d{1,80})\\)");

    private static final Pattern RISKY =
            Pattern.compile("(?!" + HARMLESS + ")[\\p{Punct}&&[^,;'$]]|(?<!" + WORD + ")r(?=\\d)", Pattern.MULTILINE);

    /** With these, Redmine's own links and macros begin, however they are written. */
    private static final Pattern LIVE = Pattern.compile(
            "#(?=[\\d#n])|@(?=[\\w@.-])|\\[(?=\\[)|\\{(?=\\{)|(?<=" + LINKED + "):(?=\\S)|(?<!" + WORD + ")r(?=\\d)");

    private static final String JOINER = "&#8288;";

    private static final Pattern WEB_ADDRESS = Pattern.compile("(?<!" + WORD + ")https?://[A-Za-z0-9.-]*[A-Za-z0-9]"
            + "(:\\d{1,5})?(/([A-Za-z0-9._~%?&=+#/-]*[A-Za-z0-9_=/-])?)?(?=([.,)、。）」]{0,2}|>)(\\s|$))");

    private Literal() {}

    /** @param lineBreak what breaks a line, also within a table */
    static String of(String text, String lineBreak) {
        String lines = Lines.some(text);
        StringBuilder literal = new StringBuilder();
        escape(lines, 0, lines.length(), literal);
        return literal.toString().replace("\n", lineBreak);
    }

    /**
     * With links to the web addresses in it. No link may stand within a link, so this is not for what becomes one.
     *
     * @param link how a web address becomes a link
     */
    static String withLinks(String text, String lineBreak, String link) {
        String lines = Lines.some(text);
        StringBuilder literal = new StringBuilder();
        Matcher address = WEB_ADDRESS.matcher(lines);
        int done = 0;
        while (address.find()) {
            escape(lines, done, address.start(), literal);
            literal.append(link.formatted(address.group()));
            done = address.end();
        }
        escape(lines, done, lines.length(), literal);
        return literal.toString().replace("\n", lineBreak);
    }

    private static void escape(String text, int from, int to, StringBuilder literal) {
        Matcher risky = within(RISKY, text, from, to);
        int done = from;
        while (risky.find()) {
            literal.append(text, done, risky.start());
            literal.append(reference(risky.group()));
            if (within(LIVE, text, risky.start(), text.length()).lookingAt()) {
                literal.append(JOINER);
            }
            done = risky.end();
        }
        literal.append(text, done, to);
    }

    /** Sees what stands around, because that decides. */
    private static Matcher within(Pattern pattern, String text, int from, int to) {
        return pattern.matcher(text).region(from, to).useTransparentBounds(true).useAnchoringBounds(false);
    }

    private static String reference(String character) {
        return switch (character) {
            case "<" -> "&lt;";
            case ">" -> "&gt;";
            case "&" -> "&amp;";
            case "\"" -> "&quot;";
            case "r" -> "r";
            default -> "&#" + (int) character.charAt(0) + ";";
        };
    }
}
