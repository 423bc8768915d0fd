package dev.mackerelredmine;

import dev.mackerelredmine.observe.Outlook;
import dev.mackerelredmine.observe.Pace;
import dev.mackerelredmine.ticket.Sentences;
import java.time.Instant;

/** Says in the operator's language how much waits to be delivered, and, where that is much, when it will be. */
public final class Waiting {

    private final Pace pace;
    private final Sentences sentences;

    public Waiting(Pace pace, Sentences sentences) {
        this.pace = pace;
        this.sentences = sentences;
    }

    /** What there is to say each minute, or null while little waits. */
    public String eachMinute() {
        pace.look();
        Outlook outlook = pace.outlook();
        return outlook.end() == Outlook.End.OF_LITTLE ? null : said(outlook);
    }

    String said() {
        return said(pace.outlook());
    }

    private String said(Outlook outlook) {
        return sentences.say(
                "waiting." + outlook.end(),
                outlook.backlog().waiting(),
                outlook.backlog().problems(),
                sentences.duration(outlook.left()),
                sentences.time(Instant.now().plus(outlook.left())));
    }
}
