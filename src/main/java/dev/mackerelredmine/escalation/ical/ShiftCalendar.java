package dev.mackerelredmine.escalation.ical;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The shifts of one calendar. A calendar in which one event is not understood is refused as a whole: nobody would see the gap. */
final class ShiftCalendar {

    private static final Duration BEFORE = Duration.ofDays(1);
    private static final Duration AFTER = Duration.ofDays(40);

    /** Only a calendar that is made to do harm has more. */
    private static final int MOST_SHIFTS = 200_000;

    private record Window(Instant from, Instant to, List<Shift> shifts) {

        boolean holds(Instant start, Instant end) {
            return !start.isBefore(from) && !end.isAfter(to);
        }
    }

    private final List<Series> series;
    private volatile Window last = new Window(Instant.EPOCH, Instant.EPOCH, List.of());

    private ShiftCalendar(List<Series> series) {
        this.series = series;
    }

    /** @param zone of all-day events and of times without a zone, where the calendar names none; may be null */
    static ShiftCalendar read(byte[] content, ZoneId zone) throws FeedException {
        IcalFile file = IcalFile.read(content);
        Zones zones = Zones.of(file.zone(), zone);
        Map<String, List<IcalEvent>> byUid = new LinkedHashMap<>();
        for (IcalEvent event : file.events()) {
            String uid = event.text("UID");
            byUid.computeIfAbsent(uid.isEmpty() ? "no uid " + byUid.size() : uid, any -> new ArrayList<>())
                    .add(event);
        }
        List<Series> all = new ArrayList<>();
        for (List<IcalEvent> events : byUid.values()) {
            all.addAll(series(events, zones));
        }
        return new ShiftCalendar(List.copyOf(all));
    }

    /** What was changed in one occurrence is an event of its own, and the series still has that occurrence: it is taken out there. */
    private static List<Series> series(List<IcalEvent> events, Zones zones) throws FeedException {
        List<Series> whole = new ArrayList<>();
        Map<Instant, IcalEvent> changes = new HashMap<>();
        List<Moment> changed = new ArrayList<>();
        for (IcalEvent event : events) {
            Optional<IcalEvent.Value> occurrence = event.value("RECURRENCE-ID");
            if (occurrence.isEmpty()) {
                if (event.isCancelled()) {
                    return List.of();
                }
                whole.add(Series.of(event, zones));
                continue;
            }
            if (event.isForLaterOnes()) {
                throw new FeedException("RECURRENCE-ID with RANGE is not understood");
            }
            Moment moment = Moment.of(occurrence.get(), zones);
            changed.add(moment);
            changes.merge(moment.instant(), event, (one, other) -> other.sequence() >= one.sequence() ? other : one);
        }
        whole.forEach(each -> changed.forEach(each::leaveOut));
        for (IcalEvent change : changes.values()) {
            if (!change.isCancelled()) {
                whole.add(Series.of(change, zones));
            }
        }
        return whole;
    }

    /** Whose turn it is; a shift without a name is nobody's. */
    Optional<Shift> at(Instant at) {
        return shifts(at, at.plusMillis(1)).stream()
                .filter(shift -> shift.isAt(at))
                .max(Shift.LAST_BEGUN);
    }

    /** When a shift begins or ends next; a while later where none does. */
    Instant nextChange(Instant at) {
        Instant latest = at.plus(AFTER);
        return shifts(at, latest).stream()
                .flatMap(shift -> Stream.of(shift.from(), shift.to()))
                .filter(change -> change.isAfter(at))
                .min(Comparator.naturalOrder())
                .filter(change -> change.isBefore(latest))
                .orElse(latest);
    }

    /** Shifts of two people at once: the first of them that are still to come. */
    List<Overlap> overlaps(Instant from, Duration length) {
        Instant to = from.plus(length);
        List<Shift> shifts = shifts(from, to).stream()
                .filter(shift -> shift.overlaps(from, to))
                .sorted(Shift.LAST_BEGUN)
                .toList();
        List<Overlap> overlaps = new ArrayList<>();
        Shift longest = null;
        for (Shift shift : shifts) {
            if (longest != null && shift.from().isBefore(longest.to())) {
                if (!shift.name().equals(longest.name())) {
                    overlaps.add(new Overlap(shift.from(), longest.name(), shift.name()));
                }
            }
            if (longest == null || shift.to().isAfter(longest.to())) {
                longest = shift;
            }
        }
        return overlaps;
    }

    private List<Shift> shifts(Instant from, Instant to) {
        Window window = last;
        if (!window.holds(from, to)) {
            Instant start = from.minus(BEFORE);
            Instant end = to.plus(AFTER);
            window = new Window(
                    start,
                    end,
                    series.stream()
                            .flatMap(each -> each.between(start, end).stream())
                            .limit(MOST_SHIFTS)
                            .toList());
            last = window;
        }
        return window.shifts();
    }
}
