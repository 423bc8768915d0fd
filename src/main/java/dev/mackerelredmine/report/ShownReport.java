package dev.mackerelredmine.report;

/**
 * A report as a part of a page.
 *
 * @param html elements, in which all texts are escaped
 * @param failure why it has no counter-measures; null: it has them, or none are wanted
 */
public record ShownReport(String html, String failure) {

    static ShownReport of(WeekReport report, ReportText text, HtmlMarkup markup, String failure) {
        return new ShownReport(text.of(report, markup), failure);
    }
}
