package dev.mackerelredmine.ticket.write;

import dev.mackerelredmine.ticket.TextLevel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Redmine, or something in front of it, lately refused of new tickets, for each project and tracker. So only the first of many alerts
 * needs the requests to find that out. It is forgotten after a while, because a person may have corrected it.
 */
public final class RefusedFields {

    private static final Duration KNOWN_FOR = Duration.ofMinutes(10);

    /** A parked alert is tried once a minute, and that try has to find out anew. */
    private static final Duration HOPELESS_FOR = Duration.ofSeconds(50);

    private final Clock clock;
    private final Map<Place, Known> known = new ConcurrentHashMap<>();
    private final Map<Place, Hopeless> hopeless = new ConcurrentHashMap<>();

    public RefusedFields() {
        this(Clock.systemUTC());
    }

    RefusedFields(Clock clock) {
        this.clock = clock;
    }

    /** Where tickets are made: Redmine's rules are by project and tracker. */
    record Place(String project, Long tracker) {}

    /**
     * @param values of the fields that were refused
     * @param anyValue those that were refused with several values: whatever theirs is, they are left out
     */
    private record Known(
            Instant until,
            Map<String, Object> values,
            Set<String> anyValue,
            boolean toMe,
            TextLevel text,
            List<String> errors) {
        static final Known NOTHING = new Known(Instant.EPOCH, Map.of(), Set.of(), false, TextLevel.FULL, List.of());

        Known {
            values = Map.copyOf(values);
            anyValue = Set.copyOf(anyValue);
        }

        boolean saysMoreThan(Known other) {
            return !values.keySet().equals(other.values.keySet())
                    || !anyValue.equals(other.anyValue)
                    || toMe != other.toMe
                    || text != other.text;
        }
    }

    private record Hopeless(Instant until, Set<String> errors) {}

    /** Which of these fields are known to be refused. */
    Set<String> of(Place place, Map<String, Object> fields) {
        Set<String> refused = new HashSet<>();
        known(place).values().forEach((field, value) -> {
            if (known(place).anyValue().contains(field) || Objects.equals(fields.get(field), value)) {
                refused.add(field);
            }
        });
        refused.retainAll(fields.keySet());
        return refused;
    }

    boolean areTakenByMeAlone(Place place) {
        return known(place).toMe();
    }

    TextLevel text(Place place) {
        return known(place).text();
    }

    /** What Redmine said of what is known to be refused. */
    List<String> errors(Place place) {
        return known(place).errors();
    }

    private Known known(Place place) {
        Known lately = known.get(place);
        return lately == null || lately.until().isBefore(clock.instant()) ? Known.NOTHING : lately;
    }

    /**
     * A ticket was made without these. What was known before is not known any longer by that.
     *
     * @param refused the fields that were found to be refused, with their values
     */
    void learn(Place place, Map<String, Object> refused, LeftOut leftOut) {
        if (leftOut.isNothing()) {
            return;
        }
        Known before = known(place);
        Map<String, Object> values = new HashMap<>(before.values());
        Set<String> anyValue = new HashSet<>(before.anyValue());
        refused.forEach((field, value) -> {
            Object other = values.put(field, value);
            if (other != null && !other.equals(value)) {
                anyValue.add(field);
            }
        });
        boolean toMe = leftOut.toMe() || before.toMe();
        TextLevel text = leftOut.level().max(before.text());
        Known now = new Known(clock.instant().plus(KNOWN_FOR), values, anyValue, toMe, text, leftOut.errors());
        known.put(place, now.saysMoreThan(before) ? now : before);
    }

    /** Whether even the barest ticket was refused a moment ago, for the same reasons. */
    boolean isHopeless(Place place, List<String> errors) {
        Hopeless lately = hopeless.get(place);
        return lately != null
                && lately.until().isAfter(clock.instant())
                && lately.errors().equals(Set.copyOf(errors));
    }

    void hopeless(Place place, List<String> errors) {
        hopeless.put(place, new Hopeless(clock.instant().plus(HOPELESS_FOR), Set.copyOf(errors)));
    }
}
