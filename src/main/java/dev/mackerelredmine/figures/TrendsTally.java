package dev.mackerelredmine.figures;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Works out the trends of a period: it is given the alerts of the period and of the one before, in the order of their openings, once. */
public final class TrendsTally {

    private static final Comparator<ProblemCounts> BY_NOISE = Comparator.comparingDouble(ProblemCounts::noise)
            .thenComparingLong(ProblemCounts::notAcknowledged)
            .thenComparingLong(ProblemCounts::alerts);

    private final Period period;
    private final long begin;
    private final Tally tally;
    private final Tally before;

    public TrendsTally(Period period, Instant now) {
        this.period = period;
        begin = period.begin();
        tally = new Tally(period, now.toEpochMilli());
        before = new Tally(period.before(), now.toEpochMilli());
    }

    public void add(Opening opening) {
        (opening.openedAt() < begin ? before : tally).add(opening);
    }

    public void add(SentPage page) {
        (page.at() < begin ? before : tally).add(page);
    }

    public Trends trends() {
        return new Trends(
                period,
                period.before(),
                tally.numbers(),
                before.numbers(),
                tally.days(),
                tally.hours(),
                tally.problems(problem -> Suggestion.of(problem, List.of()).isAdvice(), BY_NOISE, before),
                tally.problems(problem -> true, Comparator.comparingLong(ProblemCounts::alerts), before),
                tally.rotas(),
                tally.verdicts());
    }
}
