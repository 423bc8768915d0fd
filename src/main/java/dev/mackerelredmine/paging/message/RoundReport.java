package dev.mackerelredmine.paging.message;

import java.util.List;

/**
 * What became of a round of an escalation, for the ticket.
 *
 * @param isFollowed whether another round comes
 */
public record RoundReport(int round, List<Step> steps, boolean isFollowed) {

    public RoundReport {
        steps = List.copyOf(steps);
    }

    /**
     * @param step as people count
     * @param sent none: the step was skipped
     * @param why it was skipped
     */
    public record Step(int step, List<Sent> sent, List<Why> why) {

        public Step {
            sent = List.copyOf(sent);
            why = List.copyOf(why);
        }
    }

    /** @param outcome {@code accepted}, {@code answered}, {@code failed}, {@code capped}, {@code dropped} or {@code waiting} */
    public record Sent(String person, String means, String outcome) {}

    /**
     * Why somebody was not notified.
     *
     * @param code under which the texts have it
     * @param name of the rota or the person
     */
    public record Why(String code, String name, String means) {}
}
