package dev.mackerelredmine.ticket.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Until when a ticket's field is ours to change. */
public enum FieldPolicy {
    /** We set it when the ticket is created, and never again. */
    ONCE,
    /** We change it until a person does. */
    FOLLOW,
    /** We change it whatever a person did. */
    ALWAYS;

    public static Optional<FieldPolicy> of(String word) {
        return Arrays.stream(values())
                .filter(policy -> policy.toString().equals(word))
                .findFirst();
    }

    /** Whether we may change a field that Redmine shows like this, and that was like that when we last wrote it. */
    public boolean lets(Object shown, Object ours) {
        return switch (this) {
            case ONCE -> false;
            case FOLLOW -> Objects.equals(shown, ours);
            case ALWAYS -> true;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One policy for each field that follows an alert. */
    public record OfFields(
            FieldPolicy status, FieldPolicy priority, FieldPolicy assignee, FieldPolicy subject, FieldPolicy level) {}
}
