package dev.mackerelredmine.people;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Who is on a ticket, as its journals say.
 *
 * @param acknowledged the act by which somebody took it who has it now; null: nobody has
 * @param ended while nobody has it: the act by which it was handed over, given back, or opened again by us; null: nobody ever had it
 * @param closed the act by which a person closed it, while it is closed; else null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WhoIsOnIt(Act acknowledged, Act ended, Act closed) {

    public static final WhoIsOnIt NOBODY = new WhoIsOnIt(null, null, null);

    public boolean hasSomebody() {
        return acknowledged != null;
    }

    /** Whoever it was given to, while that person has said nothing yet; else null. */
    public Act handOver() {
        return ended != null && ended.how() == How.HAND_OVER ? ended : null;
    }
}
