package dev.mackerelredmine.ticket.policy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The date until which a ticket is to be done, as a policy gives it: a date such as {@code 2026-12-24}, or days from today such as
 * {@code 3d}. Nothing else is one, nor is a day that has passed: Redmine refuses an issue with either.
 */
public final class DueDate {

    private DueDate() {}

    public static Optional<LocalDate> of(String text, LocalDate today) {
        return read(text, today).filter(date -> !date.isBefore(today));
    }

    private static Optional<LocalDate> read(String text, LocalDate today) {
        if (text.matches("\\d{1,4}d")) {
            return Optional.of(today.plusDays(Long.parseLong(text.substring(0, text.length() - 1))));
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
