package dev.mackerelredmine.ticket;

import java.util.Locale;

/**
 * Where an alert belongs in an incident.
 *
 * @param role null where it belongs to none
 * @param incident the store's number of the alert that stands for the incident; zero where there is none
 * @param issue Redmine's number of the incident's ticket; null while that does not stand
 * @param isOpen whether that is open
 * @param isWaiting whether something of the incident, apart from its list, is still to be delivered
 * @param linkedTo Redmine's number of the incident's ticket that the alert's own is shown with already, or null
 * @param list of an alert that stands for an incident, what its ticket lists; else null
 */
public record Membership(
        Role role, long incident, Long issue, boolean isOpen, boolean isWaiting, Long linkedTo, IncidentList list) {

    public static final Membership NONE = new Membership(null, 0, null, false, false, null, null);

    public enum Role {
        /** It stands for the incident itself. */
        INCIDENT,
        /** It has a ticket of its own, which is shown with the incident's. */
        CHILD,
        /** It stands in the list of the incident's ticket. */
        LINE,
        /** A person took it out, and it goes on alone. */
        LEFT;

        public static Role of(String word) {
            return word == null ? null : valueOf(word.toUpperCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isMember() {
        return role == Role.CHILD || role == Role.LINE;
    }
}
