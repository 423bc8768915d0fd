package dev.mackerelredmine.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other people's text, written so that Redmine shows it as it is and takes nothing in it for a macro, a mention, an image, a table's
 * edge or a link. Punctuation is left alone where no text format can see anything in it, and is a character reference elsewhere. Some
 * formats turn those into characters before Redmine looks for its own links: there an element of HTML holds the character with which
 * a link could begin. It is no text, so what is copied from the page is what was sent, without a character that nobody sees.
 */
final class MarkupEscaper {

    private static final String WORD = "[\\p{L}\\p{M}\\p{N}]";
    private static final String LINKED =
            "(?:attachment|document|version|forum|news|message|project|commit|source|export|user)";

    /** What opens nothing where it stands: between spaces, within a word, or after one. */
    private static final String HARMLESS = String.join(
            "|",
            "(?<=\\S )[-%>+=](?=\\s|$)",
            "(?<![^ ])[-+](?=\\d)",
            "(?<=" + WORD + ")[-_+](?=" + WORD + ")",
            "(?<=" + WORD + ")=(?=" + WORD + "|/)",
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

    /** The same where a format looks for mail addresses before it resolves references: then nothing begins within a word. */
    private static final Pattern LIVE_AT_A_BEGINNING =
            Pattern.compile("(?:(?<![\\p{L}\\p{N}_./])|(?<=" + LINKED + "))(?:#(?=[\\d#n])|@(?=[\\w@.-]))"
                    + "|\\[(?=\\[)|\\{(?=\\{)|(?<=" + LINKED + "):(?=\\S)|(?<!" + WORD + ")r(?=\\d)");

    /** How a character is written with which a link or macro of Redmine's own would begin. */
    enum Guard {
        /** CommonMark: Redmine looks for its links after references are resolved, and for mail addresses, too. */
        SPAN(LIVE) {
            @Override
            String write(String character) {
                return "<span>" + reference(character) + "</span>";
            }
        },
        /** Markdown leaves references as they are, so Redmine finds no link in them. */
        REFERENCE(LIVE) {
            @Override
            String write(String character) {
                return number(character);
            }
        },
        /** Textile resolves references since Redmine 6.1, takes no span within a word, and leaves all in code as it is. */
        CODE(LIVE_AT_A_BEGINNING) {
            @Override
            String write(String character) {
                return "<code>" + character + "</code>";
            }
        };

        private final Pattern live;

        Guard(Pattern live) {
            this.live = live;
        }

        abstract String write(String character);
    }

    private static final Pattern WEB_ADDRESS = Pattern.compile("(?<!" + WORD + ")https?://[A-Za-z0-9.-]*[A-Za-z0-9]"
            + "(:\\d{1,5})?(/([A-Za-z0-9._~%?&=+#/-]*[A-Za-z0-9_=/-])?)?(?=([.,)、。）」]{0,2}|>)(\\s|$))");

    private final String lineBreak;
    private final String link;
    private final Guard guard;

    /**
     * @param lineBreak what breaks a line, also within a table
     * @param link how a web address becomes a link
     */
    MarkupEscaper(String lineBreak, String link, Guard guard) {
        this.lineBreak = lineBreak;
        this.link = link;
        this.guard = guard;
    }

    String of(String text) {
        String lines = Lines.some(text);
        StringBuilder literal = new StringBuilder();
        escape(lines, 0, lines.length(), literal);
        return literal.toString().replace("\n", lineBreak);
    }

    /** With links to the web addresses in it. No link may stand within a link, so this is not for what becomes one. */
    String withLinks(String text) {
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

    /** The web addresses in it, each once. */
    static List<String> addresses(String text) {
        return WEB_ADDRESS
                .matcher(Lines.some(text))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    /** A link to a web address that {@link #addresses} found. */
    String link(String address) {
        return link.formatted(address);
    }

    private void escape(String text, int from, int to, StringBuilder literal) {
        Matcher risky = within(RISKY, text, from, to);
        int done = from;
        while (risky.find()) {
            literal.append(text, done, risky.start());
            boolean isLive =
                    within(guard.live, text, risky.start(), text.length()).lookingAt();
            literal.append(isLive ? guard.write(risky.group()) : reference(risky.group()));
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
            default -> number(character);
        };
    }

    private static String number(String character) {
        return "&#" + (int) character.charAt(0) + ";";
    }
}
