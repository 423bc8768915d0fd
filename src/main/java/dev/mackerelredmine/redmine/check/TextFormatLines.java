package dev.mackerelredmine.redmine.check;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether texts are written in Redmine's text format; in another one a memo could load images and run macros. Redmine shows its format in
 * the head of each page, from 6.0 on. Then the older Markdown is gone, and what it is still set to is shown as it is written.
 */
final class TextFormatLines {

    private static final String TEXT_FORMAT = "redmine.text-format";
    private static final List<String> SINCE_6_0 = List.of("common_mark", "textile");
    private static final String GONE = "; Redmine has no Markdown but CommonMark since 6.0";
    private static final Pattern SHOWN = Pattern.compile("data-text-formatting=\"(\\w*)\"");

    private final Wanted wanted;
    private final Redmine redmine;

    TextFormatLines(Wanted wanted, Redmine redmine) {
        this.wanted = wanted;
        this.redmine = redmine;
    }

    List<Line> lines() {
        return List.of(new Line(TEXT_FORMAT, this::textFormat));
    }

    private Finding textFormat() {
        redmine.user();
        String ours = wanted.value(TEXT_FORMAT).orElse("");
        Matcher shown = SHOWN.matcher(redmine.loginPage());
        if (!shown.find()) {
            return Finding.ok(
                    TEXT_FORMAT,
                    ours
                            + "; this Redmine does not show its own. Compare it by hand (Administration, Settings, General)");
        }
        return compared(ours, shown.group(1));
    }

    private static Finding compared(String ours, String theirs) {
        if (!SINCE_6_0.contains(theirs)) {
            return Finding.wrong(
                    TEXT_FORMAT,
                    "Redmine shows texts as they are written, without a text format"
                            + (theirs.isEmpty() ? "" : ": it is set to " + theirs + ", which it does not have"),
                    "Set CommonMark there (Administration, Settings, General)");
        }
        return theirs.equals(ours)
                ? Finding.ok(TEXT_FORMAT, ours + ", as in Redmine")
                : Finding.wrong(
                        TEXT_FORMAT,
                        ours + ", and in Redmine it is " + theirs + (ours.equals("markdown") ? GONE : ""),
                        "Set it to " + theirs);
    }

    static boolean isShownIn(String page) {
        return SHOWN.matcher(page).find();
    }
}
