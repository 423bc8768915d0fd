package dev.mackerelredmine.escalation;

/** Makes the rotas that are kept elsewhere than in escalation.yaml. */
public interface RotaKinds {

    /** There are none. */
    RotaKinds NONE = (name, ical, overrides) -> {
        throw new IllegalArgumentException("ical is not supported yet: write start, every, time-zone and people");
    };

    /**
     * @param ical where the calendar is, with its placeholders replaced
     * @param overrides where the calendar is that overrides it; null: there is none
     * @throws IllegalArgumentException that says what is wrong, and not where the calendars are: an address may hold a key
     */
    Rota ofIcal(String name, String ical, String overrides);
}
