package dev.mackerelredmine.store;

import java.util.Set;

/**
 * A page that is to be sent.
 *
 * @param kind {@code page}, {@code over}, one of {@link #QUESTIONS}, or {@code round}, which is a note in the ticket for all of a round
 * @param isGroup whether the person is a group of Redmine
 */
public record NewPage(String kind, int round, int step, String person, String means, boolean isGroup) {

    public static final String OVER = "over";
    public static final String HAND_OVER = "hand-over";
    public static final String WORSE = "worse";
    public static final String AGAIN = "again";
    public static final String ROUND = "round";

    /** To one person, who has some time to answer before others are notified. */
    public static final Set<String> QUESTIONS = Set.of(HAND_OVER, WORSE, AGAIN);

    /** What is said of a round, in the ticket. */
    public static NewPage ofRound(int round, int step) {
        return new NewPage(ROUND, round, step, "the ticket", "redmine", true);
    }

    NewPage asTurn(int turn) {
        return new NewPage(kind, round, turn, person, means, isGroup);
    }
}
