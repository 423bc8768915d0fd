package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Counted;
import dev.mackerelredmine.figures.Selection;
import dev.mackerelredmine.web.QueryException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which list of alerts is asked for: those behind one number of the trends of a period and a filter.
 *
 * @param page from 1, of what is shown to people
 */
record AlertsQuestion(TrendsQuestion trends, Selection selection, int page) {

    static final int ON_A_PAGE = 100;

    /** More are not looked at one by one, and would be held in memory. */
    static final int MOST = 10_000;

    private static final int HOURS = 24;

    static AlertsQuestion of(UnaryOperator<String> parameter, LocalDate today, ZoneId zone) {
        UnaryOperator<String> text =
                name -> Objects.requireNonNullElse(parameter.apply(name), "").strip();
        return new AlertsQuestion(
                TrendsQuestion.of(parameter, today, zone),
                new Selection(
                        counted(text.apply("figure")),
                        number(text, "problem", 0, Integer.MAX_VALUE, 0),
                        text.apply("verdict"),
                        weekday(text.apply("weekday")),
                        text.apply("hour").isEmpty() ? null : (Integer) number(text, "hour", 0, HOURS - 1, 0)),
                number(text, "page", 1, MOST / ON_A_PAGE, 1));
    }

    /** The same list of another page, as the query of an address. */
    String query(int otherPage) {
        return query(trends, selection) + (otherPage == 1 ? "" : "&page=" + otherPage);
    }

    static String query(TrendsQuestion trends, Selection selection) {
        List<String> parts = new ArrayList<>(List.of(trends.query(), "figure=" + selection.counted()));
        if (selection.problem() > 0) {
            parts.add("problem=" + selection.problem());
        }
        if (!selection.verdict().isEmpty()) {
            parts.add("verdict=" + TrendsQuestion.encoded(selection.verdict()));
        }
        if (selection.weekday() != null) {
            parts.add("weekday=" + word(selection.weekday()));
        }
        if (selection.hour() != null) {
            parts.add("hour=" + selection.hour());
        }
        return String.join("&", parts);
    }

    static String word(DayOfWeek weekday) {
        return weekday.name().toLowerCase(Locale.ROOT);
    }

    private static Counted counted(String word) {
        return Counted.of(word.isEmpty() ? Counted.ALERTS.toString() : word)
                .orElseThrow(() -> new QueryException("figure is one of "
                        + Arrays.stream(Counted.values()).map(Counted::toString).collect(Collectors.joining(", "))));
    }

    private static DayOfWeek weekday(String word) {
        if (word.isEmpty()) {
            return null;
        }
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word(day).equals(word))
                .findFirst()
                .orElseThrow(() -> new QueryException("weekday is monday, or another day of the week"));
    }

    private static int number(UnaryOperator<String> text, String name, int least, int most, int otherwise) {
        String value = text.apply(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.matches("\\d{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new QueryException(name + " is a number from " + least + " to " + most);
    }
}
