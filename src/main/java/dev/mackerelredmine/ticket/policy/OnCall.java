package dev.mackerelredmine.ticket.policy;

import java.util.Optional;

/** What may stand in place of a person's name: whoever is on call in a rota of escalation.yaml, as {@code on-call:primary}. */
public final class OnCall {

    private static final String PREFIX = "on-call:";

    private OnCall() {}

    public static boolean isMeant(String name) {
        return name != null && name.startsWith(PREFIX);
    }

    /** The rota's name; empty where it is a name as any other. */
    public static Optional<String> rota(String name) {
        return isMeant(name) ? Optional.of(name.substring(PREFIX.length()).strip()) : Optional.empty();
    }
}
