package fuzz;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a text Redmine's formats could act on: how each line begins, and its punctuation, without what is known to be text. */
final class Shape {

    private static final Pattern ADDRESS = Pattern.compile("<(https?://[A-Za-z0-9._~%?&=+#:/-]+)>|https?://[A-Za-z0-9._~%?&=+#:/-]+");
    private static final Pattern REFERENCE = Pattern.compile("&(#\\d+|lt|gt|amp|quot);");
    private static final Pattern ATTACHMENT = Pattern.compile("graph%201\\.png");

    /** Links, mentions and macros of Redmine's own, and what becomes a link by itself. Redmine takes no name that begins with an element. */
    private static final Pattern LIVE = Pattern.compile("[@`#~^\\\\]|\\{\\{|\\[\\[|<(?!br>)"
            + "|\\b(attachment|document|version|forum|news|message|project|commit|source|export|user|mailto|xmpp):(?=[^\\s<>])"
            + "|(?i:www)\\.(?=\\S)|(?<![\\p{L}\\p{M}\\p{N}])r\\d");

    /** An element of ours around a character with which something could begin. */
    private static final Pattern GUARD = Pattern.compile("<span>(?:&(?:#\\d+|lt|gt|amp|quot);|r)</span>|<code>[#@:{\\[r]</code>");

    /** The monitor's memo, up to what follows it: a block that nothing in it can end, or a quotation; and the links. */
    private static final Pattern MEMO = Pattern.compile(
            "(?<=^\\*{1,2}(?:Memo of the monitor|監視ルールのメモ)\\*{1,2}\\n\\n)"
                    + "(?:```\\n(.*?)\\n```|<pre>\\n(.*?)\\n</pre>|>[^\\n]*(?:\\n>[^\\n]*)*)(?:\\n(?:\\n[-*] \\S+)+)?(?=\\n)",
            Pattern.MULTILINE | Pattern.DOTALL);

    /** Where Redmine looks for macros before it formats, or for mentions, these would end a block. */
    private static final Pattern END_OF_MARKDOWN = Pattern.compile("```|~~~|\\{\\{\\w+(?:\\(.*\\))?$", Pattern.MULTILINE);

    private static final Pattern END_OF_TEXTILE =
            Pattern.compile("(?i)</?(?:pre|code|kbd|notextile)|<!--|\\{\\{\\w+(?:\\(.*\\))?$", Pattern.MULTILINE);

    /** A list, a quotation, a heading, indented code, or what Textile takes for a block with a name; a number may have its sign. */
    private static final Pattern BEGINNING = Pattern.compile("^(\\s+|(?![-+]\\d)[\\p{Punct}&&[^,;'$]]|\\d+[.)](?=\\s|$)|\\S+\\.(?=\\s))");

    private static final Pattern HARMLESS = Pattern.compile("[^|*!\"&<\\[\\]{}]");

    private Shape() {}

    static List<String> of(String text) {
        return text.lines().map(Shape::plain).map(Shape::ofLine).collect(Collectors.toList());
    }

    /** The same without the monitor's memo, which stands in a block of its own, and as it was said, if nothing in it can end that. */
    static String withoutMemo(String text, boolean textile) {
        Pattern end = textile ? END_OF_TEXTILE : END_OF_MARKDOWN;
        return MEMO.matcher(text).replaceFirst(memo -> {
            String inside = Stream.of(memo.group(1), memo.group(2)).filter(Objects::nonNull).findFirst().orElse("");
            Require.that(!end.matcher(inside).find(), "a memo without an end of its block in it", inside);
            if (memo.group(1) == null && memo.group(2) == null) {
                requireNothingLive(memo.group().replaceAll("(?m)^[-*] \\S+$", ""));
            }
            return "memo";
        });
    }

    static void requireNothingLive(String text) {
        String plain = plain(text);
        Require.that(!LIVE.matcher(plain).find(), "text in which nothing is live", plain);
    }

    private static String plain(String text) {
        String plain = ADDRESS.matcher(GUARD.matcher(text).replaceAll("x")).replaceAll("x");
        return REFERENCE.matcher(ATTACHMENT.matcher(plain).replaceAll("x")).replaceAll("x");
    }

    private static String ofLine(String line) {
        String beginning = BEGINNING.matcher(line).results().findFirst().map(found -> found.group().strip()).orElse("");
        return beginning.replaceAll("\\S+\\.", ".") + " " + HARMLESS.matcher(line).replaceAll("");
    }
}
