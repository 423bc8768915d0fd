package dev.mackerelredmine.escalation;

import java.time.ZoneId;

/**
 * A rota that stands in a calendar. Both addresses are secrets: whoever has one can read the calendar.
 *
 * @param name the rota's name in escalation.yaml
 * @param ical where the calendar is: {@code https://...} or {@code file:...}
 * @param overrides a second calendar, whose events count before those of the first; empty: there is none
 * @param zone of all-day events and of times without a zone, where the calendar itself names none; may be null
 */
public record IcalRota(String name, String ical, String overrides, ZoneId zone) {

    @Override
    public String toString() {
        return "IcalRota[" + name + "]";
    }
}
