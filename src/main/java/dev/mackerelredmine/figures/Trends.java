package dev.mackerelredmine.figures;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/**
 * What happened in a period, beside the period before. Lists that rank hold the first ten.
 *
 * @param hours by weekday, from Monday
 * @param noisiest those with something to do about them, by noise, then by how many nobody acknowledged
 * @param mostFrequent by the number of their alerts
 * @param rotas pages by the rota that brought them; empty: by name
 */
public record Trends(
        Period period,
        Period periodBefore,
        Numbers numbers,
        Numbers numbersBefore,
        List<Day> days,
        List<Weekday> hours,
        List<ProblemCounts> noisiest,
        List<ProblemCounts> mostFrequent,
        List<RotaPages> rotas,
        List<VerdictCount> verdicts) {

    public Trends {
        days = List.copyOf(days);
        hours = List.copyOf(hours);
        noisiest = List.copyOf(noisiest);
        mostFrequent = List.copyOf(mostFrequent);
        rotas = List.copyOf(rotas);
        verdicts = List.copyOf(verdicts);
    }

    /** The alerts that opened on a day. */
    public record Day(LocalDate day, long warning, long unknown, long critical) {

        public long alerts() {
            return warning + unknown + critical;
        }
    }

    /** The alerts that opened on such days, by the hour. */
    public record Weekday(DayOfWeek weekday, List<Long> alerts) {
        public Weekday {
            alerts = List.copyOf(alerts);
        }
    }

    /** Pages, and those of them at night. */
    public record RotaPages(String rota, long pages, long nightPages) {}

    /** Of how many alerts people say this. */
    public record VerdictCount(String verdict, long alerts) {}
}
