package dev.mackerelredmine.store;

/**
 * A page that is to be sent.
 *
 * @param kind {@code page}, {@code over}, {@code hand-over}, {@code again}, or {@code round}, which is a note in the ticket for all of a round
 * @param isGroup whether the person is a group of Redmine
 */
public record NewPage(String kind, int round, int step, String person, String means, boolean isGroup) {

    public static final String OVER = "over";
    public static final String AGAIN = "again";
    public static final String ROUND = "round";

    /** What is said of a round, in the ticket. */
    public static NewPage ofRound(int round, int step) {
        return new NewPage(ROUND, round, step, "the ticket", "redmine", true);
    }

    NewPage asTurn(int turn) {
        return new NewPage(kind, round, turn, person, means, isGroup);
    }
}
