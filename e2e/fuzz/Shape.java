package fuzz;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What of a text Redmine's formats could act on: how each line begins, and its punctuation, without what is known to be text. */
final class Shape {

    private static final Pattern ADDRESS = Pattern.compile("<(https?://[A-Za-z0-9._~%?&=+#:/-]+)>|https?://[A-Za-z0-9._~%?&=+#:/-]+");
    private static final Pattern REFERENCE = Pattern.compile("&(#\\d+|lt|gt|amp|quot);");
    private static final Pattern ATTACHMENT = Pattern.compile("graph%201\\.png");

    /** Links, mentions and macros of Redmine's own, and what becomes a link by itself. */
    private static final Pattern LIVE = Pattern.compile("[@`#~^\\\\]|\\{\\{|\\[\\[|<(?!br>)"
            + "|\\b(attachment|document|version|forum|news|message|project|commit|source|export|user|mailto|xmpp):(?=\\S)"
            + "|(?i:www)\\.(?=\\S)|(?<![\\p{L}\\p{M}\\p{N}])r\\d");

    /** A list, a quotation, a heading, indented code, or what Textile takes for a block with a name; a number may have its sign. */
    private static final Pattern BEGINNING = Pattern.compile("^(\\s+|(?![-+]\\d)[\\p{Punct}&&[^,;'$]]|\\d+[.)](?=\\s|$)|\\S+\\.(?=\\s))");

    private static final Pattern HARMLESS = Pattern.compile("[^|*!\"&<\\[\\]{}]");

    private Shape() {}

    static List<String> of(String text) {
        return text.lines().map(Shape::plain).map(Shape::ofLine).collect(Collectors.toList());
    }

    static void requireNothingLive(String text) {
        String plain = plain(text);
        Require.that(!LIVE.matcher(plain).find(), "text in which nothing is live", plain);
    }

    private static String plain(String text) {
        String plain = ADDRESS.matcher(text).replaceAll("x");
        return REFERENCE.matcher(ATTACHMENT.matcher(plain).replaceAll("x")).replaceAll("x");
    }

    private static String ofLine(String line) {
        String beginning = BEGINNING.matcher(line).results().findFirst().map(found -> found.group().strip()).orElse("");
        return beginning.replaceAll("\\S+\\.", ".") + " " + HARMLESS.matcher(line).replaceAll("");
    }
}
