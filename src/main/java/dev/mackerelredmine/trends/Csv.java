package dev.mackerelredmine.trends;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables as CSV (RFC 4180). */
final class Csv {

    private static final String FORMULA = "=+-@\t\r";

    private Csv() {}

    static String of(List<List<?>> rows) {
        return rows.stream().map(Csv::line).collect(Collectors.joining());
    }

    /** What is null is empty. */
    static List<?> row(Object... cells) {
        return Stream.of(cells).map(cell -> cell == null ? "" : cell).toList();
    }

    private static String line(List<?> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** A spreadsheet computes what begins like a formula, whoever wrote it: a text never does. */
    private static String cell(Object value) {
        String text = value.toString();
        boolean isFormula = !(value instanceof Number) && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return '"' + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
