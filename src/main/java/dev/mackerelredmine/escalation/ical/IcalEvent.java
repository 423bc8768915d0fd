package dev.mackerelredmine.escalation.ical;

import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One event of a calendar, as it is written there. */
record IcalEvent(List<VObjectProperty> properties) {

    /** One value of a property, with the zone that is written beside it; null where none is. */
    record Value(String property, String text, String zone) {}

    List<Value> values(String name) {
        List<Value> values = new ArrayList<>();
        for (VObjectProperty property : properties) {
            if (property.getName().equalsIgnoreCase(name)) {
                String zone = property.getParameters().first("TZID");
                for (String text : property.getValue().split(",")) {
                    values.add(new Value(name, text.strip(), zone));
                }
            }
        }
        return values;
    }

    Optional<Value> value(String name) {
        return values(name).stream().findFirst();
    }

    /** A value in which a comma is a comma. */
    List<String> texts(String name) {
        return properties.stream()
                .filter(property -> property.getName().equalsIgnoreCase(name))
                .map(property -> property.getValue().strip())
                .toList();
    }

    String text(String name) {
        return texts(name).stream().findFirst().orElse("");
    }

    /** Whoever has the shift: a name as Redmine shows it; empty: nobody. */
    String title() {
        return VObjectPropertyValues.unescape(text("SUMMARY"))
                .replaceAll("[\\p{Cntrl}]+", " ")
                .strip();
    }

    boolean isCancelled() {
        return text("STATUS").equalsIgnoreCase("CANCELLED");
    }

    /** It stands for all later occurrences of a series as well. */
    boolean isForLaterOnes() {
        return properties.stream()
                .filter(property -> property.getName().equalsIgnoreCase("RECURRENCE-ID"))
                .anyMatch(property -> property.getParameters().first("RANGE") != null);
    }

    int sequence() {
        String sequence = text("SEQUENCE");
        return sequence.matches("\\d{1,9}") ? Integer.parseInt(sequence) : 0;
    }
}
