package dev.mackerelredmine.cli;

import dev.mackerelredmine.redmine.check.Finding;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** What a check found as a table, with what to do on a line of its own, and a sum at its end. */
final class FindingsTable {

    private static final String ADVICE = "             -> ";

    private final Ansi ansi;

    FindingsTable(Ansi ansi) {
        this.ansi = ansi;
    }

    String text(List<Finding> findings) {
        int width = findings.stream()
                .mapToInt(finding -> finding.subject().length())
                .max()
                .orElse(1);
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> text.append(line(finding, width)));
        return text.append(sum(findings)).toString();
    }

    private String line(Finding finding, int width) {
        String verdict = coloured(finding, String.format("%-13s", finding.verdict()));
        String line = verdict + String.format("%-" + (width + 2) + "s", finding.subject()) + finding.found() + "\n";
        return finding.advice().isEmpty() ? line : line + ADVICE + finding.advice() + "\n";
    }

    private String coloured(Finding finding, String verdict) {
        IStyle style = switch (finding.verdict()) {
            case OK -> Style.fg_green;
            case NOTE -> Style.fg_cyan;
            case WRONG -> Style.fg_red;
            case NOT_CHECKED -> Style.fg_yellow;
        };
        return ansi.enabled() ? style.on() + verdict + style.off() : verdict;
    }

    private static String sum(List<Finding> findings) {
        long wrong = findings.stream().filter(Finding::isWrong).count();
        return wrong == 0 ? "\nNothing is wrong.\n" : "\nWrong: " + wrong + "\n";
    }
}
