package dev.mackerelredmine.escalation.ical;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The time zones of a calendar. A name that nobody knows is an error: any guess would put the wrong person on call. */
final class Zones {

    private static final Map<String, String> OF_WINDOWS = ofWindows();
    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

    private final ZoneId ofCalendar;

    private Zones(ZoneId ofCalendar) {
        this.ofCalendar = ofCalendar;
    }

    /**
     * @param named what the calendar calls its zone; null: nothing
     * @param other taken then; may be null
     */
    static Zones of(String named, ZoneId other) throws FeedException {
        return new Zones(named == null || named.isEmpty() ? other : named(named));
    }

    static ZoneId named(String name) throws FeedException {
        return known(name)
                .map(ZoneId::of)
                .orElseThrow(() -> new FeedException("its time zone \"" + name + "\" is not known"));
    }

    /** The zone of all-day events, and of times without a zone. */
    ZoneId ofCalendar() throws FeedException {
        if (ofCalendar == null) {
            throw new FeedException("it has all-day events or times without a time zone, and does not say which zone it"
                    + " has: give the rota its time-zone");
        }
        return ofCalendar;
    }

    /** Some programs put words of their own before a name: {@code /freeassociation.sourceforge.net/Asia/Tokyo}. */
    private static Optional<String> known(String name) {
        String zone = OF_WINDOWS.getOrDefault(name.strip().toLowerCase(Locale.ROOT), name.strip());
        if (KNOWN.contains(zone)) {
            return Optional.of(zone);
        }
        return zone.startsWith("/")
                ? KNOWN.stream()
                        .filter(each -> each.contains("/") && zone.endsWith("/" + each))
                        .findFirst()
                : Optional.empty();
    }

    private static Map<String, String> ofWindows() {
        try (BufferedReader table = new BufferedReader(
                new InputStreamReader(Zones.class.getResourceAsStream("windows-zones.txt"), StandardCharsets.UTF_8))) {
            return table.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" = "))
                    .collect(Collectors.toUnmodifiableMap(line -> line[0].toLowerCase(Locale.ROOT), line -> line[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
