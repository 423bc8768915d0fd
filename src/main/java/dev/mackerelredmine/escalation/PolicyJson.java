package dev.mackerelredmine.escalation;

/** A policy as the store keeps it, for a running escalation: a changed file counts for the next one only. */
public final class PolicyJson {

    private PolicyJson() {}

    public static String write(EscalationPolicy policy) {
        throw new UnsupportedOperationException();
    }

    public static EscalationPolicy read(String json) {
        throw new UnsupportedOperationException();
    }
}
