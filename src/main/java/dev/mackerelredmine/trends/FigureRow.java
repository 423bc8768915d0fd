package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Counted;
import dev.mackerelredmine.figures.Figure;
import dev.mackerelredmine.figures.Numbers;
import dev.mackerelredmine.figures.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of the table of figures.
 *
 * @param figure whose definition it goes by
 * @param name of the row; docs/figures.md has the names
 * @param unit {@code count}, or {@code seconds}
 * @param now null: none
 * @param before the same in the period before
 */
public record FigureRow(Figure figure, String name, String unit, Long now, Long before) {

    private static final String COUNT = "count";
    private static final String SECONDS = "seconds";

    /** How much more it is now, in percent; null where that says nothing. */
    public Long change() {
        return now == null || before == null || before == 0 ? null : (Long) Math.round((now - before) * 100.0 / before);
    }

    /** Which alerts it counts, or whose times it sums up; empty: it counts something else. */
    Optional<Counted> counted() {
        return Counted.of(name.replaceFirst("-(median|p90)$", ""));
    }

    static List<FigureRow> of(Numbers now, Numbers before) {
        List<FigureRow> rows = new ArrayList<>();
        rows.add(count(Figure.ALERTS, "alerts", now.alerts(), before.alerts()));
        rows.add(count(Figure.ALERTS, "critical", now.critical(), before.critical()));
        rows.add(count(Figure.ALERTS, "unknown", now.unknown(), before.unknown()));
        rows.add(count(Figure.ALERTS, "warning", now.warning(), before.warning()));
        addTimes(rows, Figure.TO_TICKET, "to-ticket", now.toTicket(), before.toTicket());
        addTimes(rows, Figure.TO_ACKNOWLEDGE, "to-acknowledge", now.toAcknowledge(), before.toAcknowledge());
        rows.add(count(
                Figure.TO_ACKNOWLEDGE,
                "could-be-acknowledged",
                now.couldBeAcknowledged(),
                before.couldBeAcknowledged()));
        rows.add(count(Figure.TO_ACKNOWLEDGE, "acknowledged", now.acknowledged(), before.acknowledged()));
        addTimes(rows, Figure.TO_RECOVER, "recovered-by-itself", now.toRecoverByItself(), before.toRecoverByItself());
        addTimes(rows, Figure.TO_RECOVER, "closed-by-hand", now.toRecoverByHand(), before.toRecoverByHand());
        rows.add(count(Figure.TO_RECOVER, "open", now.open(), before.open()));
        rows.add(count(
                Figure.NEVER_ACKNOWLEDGED, "never-acknowledged", now.neverAcknowledged(), before.neverAcknowledged()));
        rows.add(count(Figure.RECOVERED_UNSEEN, "recovered-unseen", now.recoveredUnseen(), before.recoveredUnseen()));
        rows.add(count(Figure.SHORT, "short", now.shortAlerts(), before.shortAlerts()));
        rows.add(count(Figure.FLAPPING, "flapping", now.flappingAlerts(), before.flappingAlerts()));
        rows.add(count(Figure.FLAPPING, "flapping-problems", now.flappingProblems(), before.flappingProblems()));
        rows.add(count(Figure.NIGHT_LOAD, "pages", now.pages(), before.pages()));
        rows.add(count(Figure.NIGHT_LOAD, "night-pages", now.nightPages(), before.nightPages()));
        return rows;
    }

    private static FigureRow count(Figure figure, String name, long now, long before) {
        return new FigureRow(figure, name, COUNT, now, before);
    }

    private static void addTimes(List<FigureRow> rows, Figure figure, String name, Spread now, Spread before) {
        rows.add(count(figure, name, now.count(), before.count()));
        rows.add(new FigureRow(figure, name + "-median", SECONDS, now.median(), before.median()));
        rows.add(new FigureRow(figure, name + "-p90", SECONDS, now.p90(), before.p90()));
    }
}
