package dev.mackerelredmine.people;

import java.util.ArrayList;
import java.util.List;

/** What is new of who is on a ticket: each act once. */
public record News(PersonsStep step, Act act) {

    /** In the order in which they are reported. What came and went between two readings is not reported. */
    public static List<News> between(WhoIsOnIt before, WhoIsOnIt after) {
        List<News> news = new ArrayList<>();
        boolean isClosing = isSame(after.acknowledged(), after.closed());
        if (isNew(before.acknowledged(), after.acknowledged()) && !isClosing) {
            news.add(new News(PersonsStep.ACKNOWLEDGE, after.acknowledged()));
        }
        if (isNew(before.ended(), after.ended())) {
            switch (after.ended().how()) {
                case HAND_OVER -> news.add(new News(PersonsStep.HAND_OVER, after.ended()));
                case TAKEN_BACK -> news.add(new News(PersonsStep.TAKEN_BACK, after.ended()));
                default -> {}
            }
        }
        if (isNew(before.closed(), after.closed())) {
            news.add(new News(PersonsStep.CLOSED_BY_PERSON, after.closed()));
        }
        return news;
    }

    private static boolean isNew(Act before, Act after) {
        return after != null && !isSame(before, after);
    }

    private static boolean isSame(Act one, Act other) {
        return one != null && other != null && one.journal() == other.journal();
    }

    /** For whoever asks what was done. */
    public String why() {
        String what = switch (act.how()) {
            case ASSIGNEE -> "took it, as its assignee";
            case STATUS -> "changed the status";
            case NOTE -> "wrote a note, as its assignee";
            case ANSWER -> "wrote a note, having been notified";
            case CLOSED -> "closed it";
            case HAND_OVER -> "gave it to " + act.to().name();
            case TAKEN_BACK -> "gave it back: it is nobody's";
            case REOPENED -> "opened it again";
        };
        return act.by().name() + " " + what + " (" + act.time() + ")";
    }
}
