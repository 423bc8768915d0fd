package dev.mackerelredmine.escalation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What escalation.yaml says, in its order. */
public record EscalationFile(
        Map<String, Rota> rotas, Map<String, Person> people, Map<String, EscalationPolicy> policies) {

    public static final EscalationFile EMPTY = new EscalationFile(Map.of(), Map.of(), Map.of());

    public EscalationFile {
        rotas = Collections.unmodifiableMap(new LinkedHashMap<>(rotas));
        people = Collections.unmodifiableMap(new LinkedHashMap<>(people));
        policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
    }
}
