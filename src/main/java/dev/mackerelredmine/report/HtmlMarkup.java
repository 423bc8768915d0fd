package dev.mackerelredmine.report;

import java.util.List;
import java.util.stream.Collectors;

/** In HTML, to be sent or kept as one file, or shown on a page. A table has the name of the heading before it. */
final class HtmlMarkup implements Markup {

    private static final String STYLE =
            "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:1rem auto;padding:0 1rem}"
                    + "table{border-collapse:collapse}th,td{border:1px solid #bbb;padding:.2rem .5rem;text-align:left;vertical-align:top}"
                    + ".scroll{overflow-x:auto}";

    private final String redmine;
    private int headings;

    /** @param redmine its address; null: tickets are no links */
    HtmlMarkup(String redmine) {
        this.redmine = redmine;
    }

    String document(String language, String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"" + language + "\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(title)
                + "</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n" + body + "</body>\n</html>\n";
    }

    @Override
    public String heading(int level, String text) {
        headings++;
        return "<h" + level + " id=\"part-" + headings + "\">" + escaped(text) + "</h" + level + ">\n";
    }

    @Override
    public String paragraph(String text) {
        return "<p>" + escaped(text) + "</p>\n";
    }

    @Override
    public String list(List<List<Cell>> items) {
        return items.stream()
                .map(item -> "<li>" + item.stream().map(this::cell).collect(Collectors.joining(" ")) + "</li>\n")
                .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
    }

    @Override
    public String table(List<String> titles, List<List<Cell>> rows) {
        return "<div class=\"scroll\" role=\"group\" aria-labelledby=\"part-" + headings + "\" tabindex=\"0\">\n"
                + "<table>\n<thead><tr>"
                + titles.stream()
                        .map(title -> "<th scope=\"col\">" + escaped(title) + "</th>")
                        .collect(Collectors.joining())
                + "</tr></thead>\n<tbody>\n"
                + rows.stream()
                        .map(row -> "<tr>"
                                + row.stream()
                                        .map(cell -> "<td>" + cell(cell) + "</td>")
                                        .collect(Collectors.joining())
                                + "</tr>\n")
                        .collect(Collectors.joining())
                + "</tbody>\n</table>\n</div>\n";
    }

    private String cell(Cell cell) {
        if (cell.issue() == null) {
            return escaped(cell.text());
        }
        String number = "#" + cell.issue();
        return redmine == null
                ? number
                : "<a href=\"" + escaped(redmine + "/issues/" + cell.issue()) + "\">" + number + "</a>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
