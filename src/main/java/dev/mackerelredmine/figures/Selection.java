package dev.mackerelredmine.figures;

import java.time.DayOfWeek;

/**
 * Which of the alerts that a filter takes a list shows: those behind one number.
 *
 * @param problem the store's number of the only one; 0: all
 * @param verdict what people say of them; empty: no matter
 * @param weekday on which they opened; null: on any
 * @param hour in which they opened, 0 to 23; null: in any
 */
public record Selection(Counted counted, long problem, String verdict, DayOfWeek weekday, Integer hour) {

    public static Selection of(Counted counted) {
        return new Selection(counted, 0, "", null, null);
    }

    boolean takes(Opening opening, LocalTimes local) {
        return (problem == 0 || problem == opening.subject())
                && (verdict.isEmpty() || verdict.equals(opening.verdict()))
                && (weekday == null || weekday.ordinal() == local.weekday(opening.openedAt()))
                && (hour == null || hour == local.hour(opening.openedAt()));
    }
}
