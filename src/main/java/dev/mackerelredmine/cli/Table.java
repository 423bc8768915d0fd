package dev.mackerelredmine.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows below a line of names, each column as wide as its widest text. Letters of Japanese are two wide. */
final class Table {

    private static final int FIRST_WIDE = 0x1100;
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... names) {
        rows.add(List.of(names));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    String text(String indent) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i))
                        .append(" ".repeat(width(i) - width(row.get(i))))
                        .append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> width(row.get(column))).max().orElseThrow();
    }

    private static int width(String text) {
        return text.codePoints()
                .map(c -> c < FIRST_WIDE || isHalfWidth(c) ? 1 : 2)
                .sum();
    }

    private static boolean isHalfWidth(int c) {
        return c >= 0x2000 && c < 0x2E80 || c >= 0xFF61 && c < 0xFFDD;
    }
}
