package dev.mackerelredmine.report;

import dev.mackerelredmine.figures.Trends;
import dev.mackerelredmine.ticket.text.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** When alerts opened. Redmine shows no pictures of SVG: each two hours are a block, as high as their alerts. */
final class HoursTable {

    private static final String BLOCKS = "·▁▃▅▇█";
    private static final int HOURS_OF_A_FIELD = 2;

    private final Sentences sentences;

    HoursTable(Sentences sentences) {
        this.sentences = sentences;
    }

    String of(List<Trends.Weekday> rows, Markup markup) {
        long most = rows.stream()
                .flatMap(row -> fields(row).stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        List<String> titles = new ArrayList<>(List.of(say("column.weekday")));
        IntStream.iterate(0, hour -> hour < 24, hour -> hour + HOURS_OF_A_FIELD).forEach(hour -> titles.add("" + hour));
        titles.add(say("column.alerts"));
        return markup.heading(3, say("section.hours"))
                + markup.table(
                        titles, rows.stream().map(row -> cellsOf(row, most)).toList());
    }

    private List<Cell> cellsOf(Trends.Weekday row, long most) {
        List<Cell> cells =
                new ArrayList<>(List.of(Cell.of(say("weekday." + row.weekday().getValue()))));
        fields(row).forEach(alerts -> cells.add(Cell.of(block(alerts, most) + (alerts == 0 ? "" : " " + alerts))));
        cells.add(Cell.of(row.alerts().stream().mapToLong(Long::longValue).sum()));
        return cells;
    }

    private static List<Long> fields(Trends.Weekday row) {
        return IntStream.range(0, row.alerts().size() / HOURS_OF_A_FIELD)
                .mapToObj(i -> row.alerts().get(2 * i) + row.alerts().get(2 * i + 1))
                .toList();
    }

    private static char block(long alerts, long most) {
        int highest = BLOCKS.length() - 1;
        return BLOCKS.charAt(alerts == 0 ? 0 : (int) Math.max(1, Math.round((double) highest * alerts / most)));
    }

    private String say(String word) {
        return sentences.say("report." + word);
    }
}
