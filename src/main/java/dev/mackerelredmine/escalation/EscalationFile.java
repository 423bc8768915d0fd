package dev.mackerelredmine.escalation;

import java.util.Map;

/** What escalation.yaml says. */
public record EscalationFile(
        Map<String, Rota> rotas, Map<String, Person> people, Map<String, EscalationPolicy> policies) {

    public static final EscalationFile EMPTY = new EscalationFile(Map.of(), Map.of(), Map.of());

    public EscalationFile {
        rotas = Map.copyOf(rotas);
        people = Map.copyOf(people);
        policies = Map.copyOf(policies);
    }
}
