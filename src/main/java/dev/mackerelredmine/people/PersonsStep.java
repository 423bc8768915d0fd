package dev.mackerelredmine.people;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person did to a ticket, as it is written down among what was done for its alert. */
public enum PersonsStep {
    ACKNOWLEDGE,
    HAND_OVER,
    TAKEN_BACK,
    CLOSED_BY_PERSON;

    /** The words of those after which ticket-changed.camel.yaml is called. */
    public static final Set<String> CHANGES_OF_TICKETS = Stream.of(ACKNOWLEDGE, HAND_OVER, CLOSED_BY_PERSON)
            .map(PersonsStep::toString)
            .collect(Collectors.toUnmodifiableSet());

    /** As the store and ticket-changed.camel.yaml write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
