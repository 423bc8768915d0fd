package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Trends;
import java.util.List;

/** The trends of a period, of what a filter takes, with the problems of its lists by their names. */
public record TrendsAnswer(
        Filter filter, Trends trends, List<RankedProblem> noisiest, List<RankedProblem> mostFrequent) {

    public TrendsAnswer {
        noisiest = List.copyOf(noisiest);
        mostFrequent = List.copyOf(mostFrequent);
    }
}
