package dev.mackerelredmine.escalation.ical;

import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataAdapter;
import com.github.mangstadt.vinnie.io.VObjectReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What stands in an iCalendar file, as it is written there. biweekly's own reader makes dates of it in the zone of this Java, and says
 * nothing where it does not know a zone or a date is broken.
 *
 * @param zone the calendar's own zone, {@code X-WR-TIMEZONE}; null where it has none
 */
record IcalFile(String zone, List<IcalEvent> events) {

    static final int MOST_EVENTS = 20_000;

    static IcalFile read(byte[] content) throws FeedException {
        Listener listener = new Listener();
        try (VObjectReader reader =
                new VObjectReader(new StringReader(IcalText.of(content)), SyntaxRules.iCalendar())) {
            reader.parse(listener);
        } catch (IOException e) {
            throw new FeedException("it cannot be read as a calendar");
        }
        if (listener.events.size() > MOST_EVENTS) {
            throw new FeedException("it has more than " + MOST_EVENTS + " events");
        }
        return new IcalFile(listener.zone, listener.events);
    }

    private static final class Listener extends VObjectDataAdapter {

        private static final List<String> IN_CALENDAR = List.of("VCALENDAR");
        private static final List<String> IN_EVENT = List.of("VCALENDAR", "VEVENT");

        private final List<IcalEvent> events = new ArrayList<>();
        private List<VObjectProperty> event = List.of();
        private String zone;

        @Override
        public void onComponentBegin(String name, Context context) {
            if (name.equalsIgnoreCase("VEVENT") && upper(context).equals(IN_CALENDAR)) {
                event = new ArrayList<>();
            }
        }

        @Override
        public void onProperty(VObjectProperty property, Context context) {
            List<String> in = upper(context);
            if (in.equals(IN_EVENT)) {
                event.add(property);
            } else if (in.equals(IN_CALENDAR) && property.getName().equalsIgnoreCase("X-WR-TIMEZONE")) {
                zone = property.getValue().strip();
            }
        }

        @Override
        public void onComponentEnd(String name, Context context) {
            if (name.equalsIgnoreCase("VEVENT") && upper(context).equals(IN_CALENDAR)) {
                events.add(new IcalEvent(event));
            }
        }

        private static List<String> upper(Context context) {
            return context.getParentComponents().stream()
                    .map(name -> name.toUpperCase(Locale.ROOT))
                    .toList();
        }
    }
}
