package dev.mackerelredmine.redmine.check;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether texts are written in Redmine's text format; in another one a memo could load images and run macros. Redmine shows its format in
 * the head of each page, from 6.0 on.
 */
final class TextFormatLines {

    private static final String TEXT_FORMAT = "redmine.text-format";
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
        String theirs = shown.group(1);
        if (theirs.equals(ours)) {
            return Finding.ok(TEXT_FORMAT, ours + ", as in Redmine");
        }
        return theirs.isEmpty()
                ? Finding.wrong(
                        TEXT_FORMAT,
                        "Redmine shows texts as they are written, without a text format",
                        "Set CommonMark there (Administration, Settings, General)")
                : Finding.wrong(TEXT_FORMAT, ours + ", and in Redmine it is " + theirs, "Set it to " + theirs);
    }
}
