package dev.mackerelredmine.paging;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.store.FiringAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How old the alerts of a ticket were when the ticket learned of them. The youngest counts: a new alert, or one that got worse just now, is no old
 * news because another of the ticket is. None is old where the ticket has escalated for it before: then a person's act asks for it again.
 */
final class AlertAge {

    private static final NotificationReader READER = new NotificationReader();

    private AlertAge() {}

    /** Empty where nothing is known of it. */
    static Optional<Duration> of(List<FiringAlert> alerts, Instant now) {
        Optional<Duration> youngest = Optional.empty();
        for (FiringAlert alert : alerts) {
            Optional<Duration> age = of(alert, now);
            if (age.isEmpty()) {
                return age;
            }
            youngest = youngest.filter(other -> other.compareTo(age.get()) <= 0).or(() -> age);
        }
        return youngest;
    }

    private static Optional<Duration> of(FiringAlert alert, Instant now) {
        Instant came = alert.cameAt() == null ? now : Instant.ofEpochMilli(alert.cameAt());
        boolean hasEscalated = alert.escalatedUntil() != null && came.toEpochMilli() <= alert.escalatedUntil();
        return hasEscalated ? Optional.empty() : since(alert).map(since -> Duration.between(since, came));
    }

    /** When it became as severe as it is, or else opened, as Mackerel says. */
    private static Optional<Instant> since(FiringAlert firing) {
        Alert alert = firing.headline() == null
                ? null
                : READER.readKept(firing.headline()).alert();
        if (alert != null && alert.statusChangedAt() != null) {
            return Optional.of(Instant.ofEpochSecond(alert.statusChangedAt()));
        }
        return alert != null && alert.openedAt() != null
                ? Optional.of(Instant.ofEpochSecond(alert.openedAt()))
                : Optional.ofNullable(firing.firstAt()).map(Instant::ofEpochMilli);
    }
}
