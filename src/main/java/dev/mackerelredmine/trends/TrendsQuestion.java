package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.web.QueryException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What is asked for: a period and a filter, as the query of an address says them. */
public record TrendsQuestion(Period period, Filter filter) {

    public static final int DAYS = 28;
    private static final int MOST_DAYS = 400;
    private static final List<String> SEVERITIES = List.of("", "warning", "unknown", "critical");

    /**
     * @param parameter the value of a query's parameter by its name; null: it has none
     * @throws QueryException in words for whoever asked
     */
    public static TrendsQuestion of(UnaryOperator<String> parameter, LocalDate today, ZoneId zone) {
        UnaryOperator<String> text =
                name -> Objects.requireNonNullElse(parameter.apply(name), "").strip();
        return new TrendsQuestion(
                period(text, today, zone),
                new Filter(
                        text.apply("service"),
                        text.apply("role"),
                        text.apply("monitor"),
                        text.apply("host"),
                        severity(text.apply("severity"))));
    }

    private static Period period(UnaryOperator<String> text, LocalDate today, ZoneId zone) {
        LocalDate last = text.apply("to").isEmpty() ? today : day("to", text.apply("to"));
        LocalDate first = text.apply("from").isEmpty() ? last.minusDays(DAYS - 1) : day("from", text.apply("from"));
        if (first.isAfter(last)) {
            throw new QueryException("from is after to");
        }
        Period period = new Period(first, last.plusDays(1), zone);
        if (period.days() > MOST_DAYS) {
            throw new QueryException("at most " + MOST_DAYS + " days can be asked for");
        }
        return period;
    }

    private static LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new QueryException(name + " is no day: write it as 2026-11-30");
        }
    }

    /** The same as the query of an address. */
    String query() {
        List<String> parts = new ArrayList<>(
                List.of("from=" + period.from(), "to=" + period.to().minusDays(1)));
        Stream.of(
                        Map.entry("service", filter.service()),
                        Map.entry("role", filter.role()),
                        Map.entry("monitor", filter.monitor()),
                        Map.entry("host", filter.host()),
                        Map.entry("severity", severity(filter)))
                .filter(entry -> !entry.getValue().isEmpty())
                .forEach(entry -> parts.add(entry.getKey() + "=" + encoded(entry.getValue())));
        return String.join("&", parts);
    }

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Its word; empty: all. */
    static String severity(Filter filter) {
        return severity(filter.severity());
    }

    static String severity(int severity) {
        return SEVERITIES.get(severity);
    }

    private static int severity(String word) {
        int severity = SEVERITIES.indexOf(word);
        if (severity < 0) {
            throw new QueryException("severity is warning, unknown or critical");
        }
        return severity;
    }
}
