package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.figures.ProblemCounts;
import dev.mackerelredmine.figures.Suggestion;
import dev.mackerelredmine.figures.Trends;
import dev.mackerelredmine.store.Openings;
import java.util.List;

/** Asks the store for the trends of a period. */
public final class TrendsReader {

    private final Openings openings;

    public TrendsReader(Openings openings) {
        this.openings = openings;
    }

    public TrendsAnswer read(Period period, Filter filter) {
        Trends trends = openings.tally(period, filter).trends();
        return new TrendsAnswer(
                filter, trends, ranked(trends.noisiest(), period), ranked(trends.mostFrequent(), period));
    }

    private List<RankedProblem> ranked(List<ProblemCounts> problems, Period period) {
        return problems.stream()
                .map(problem -> new RankedProblem(
                        openings.subject(problem.subject()),
                        problem,
                        Suggestion.of(problem, openings.values(problem.subject(), period))))
                .toList();
    }
}
