package dev.mackerelredmine.figures;

import java.time.Instant;
import java.util.Comparator;

/** Works out the trends of a period: it is given the alerts of the period and of the one before, in the order of their openings, once. */
public final class TrendsTally {

    private static final int MOST = 10;

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
                tally.problems(
                        Comparator.comparingDouble(ProblemTally::noise).thenComparingLong(ProblemTally::alerts),
                        MOST,
                        before),
                tally.problems(Comparator.comparingLong(ProblemTally::alerts), MOST, before),
                tally.rotas(),
                tally.verdicts());
    }
}
