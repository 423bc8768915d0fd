package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;

/** How urgent an event is among those that are due: the lower, the sooner. */
final class Urgency {

    static final int CRITICAL = 0;
    static final int OTHER = 1;

    private Urgency() {}

    static int of(Notification notification) {
        boolean isCritical =
                notification.alert() != null && notification.alert().status() == AlertStatus.CRITICAL;
        return isCritical ? CRITICAL : OTHER;
    }
}
