package dev.mackerelredmine.report;

import dev.mackerelredmine.text.Lines;
import dev.mackerelredmine.text.TextFormat;
import java.util.List;
import java.util.stream.Collectors;

/** In Redmine's text format: Textile or Markdown. */
final class WikiMarkup implements Markup {

    private final TextFormat format;

    WikiMarkup(TextFormat format) {
        this.format = format;
    }

    private boolean isTextile() {
        return format == TextFormat.TEXTILE;
    }

    @Override
    public String heading(int level, String text) {
        return (isTextile() ? "h" + level + ". " : "#".repeat(level) + " ") + escaped(text) + "\n\n";
    }

    @Override
    public String paragraph(String text) {
        return escaped(text) + "\n\n";
    }

    @Override
    public String list(List<List<Cell>> items) {
        return items.stream()
                        .map(item -> "* " + item.stream().map(this::cell).collect(Collectors.joining(" ")) + "\n")
                        .collect(Collectors.joining())
                + "\n";
    }

    @Override
    public String table(List<String> titles, List<List<Cell>> rows) {
        String head = isTextile()
                ? titles.stream().map(title -> "|_. " + escaped(title) + " ").collect(Collectors.joining("", "", "|\n"))
                : titles.stream().map(this::escaped).collect(Collectors.joining(" | ", "| ", " |\n"))
                        + "|---".repeat(titles.size())
                        + "|\n";
        return head
                + rows.stream()
                        .map(row -> row.stream().map(this::cell).collect(Collectors.joining(" | ", "| ", " |\n")))
                        .collect(Collectors.joining())
                + "\n";
    }

    /** Redmine links a ticket's number by itself. */
    private String cell(Cell cell) {
        if (cell.issue() != null) {
            return "#" + cell.issue();
        }
        return cell.text().isBlank() ? " " : escaped(cell.text());
    }

    private String escaped(String text) {
        return format.escape(Lines.one(text));
    }
}
