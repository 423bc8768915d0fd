package dev.mackerelredmine.store;

import dev.mackerelredmine.escalation.EscalationPolicy;
import dev.mackerelredmine.escalation.Target;
import java.util.Set;
import java.util.stream.Collectors;

/** A page that somebody got. */
record PageToSum(long id, long escalationId, String kind, int step) {

    /** To a person who was notified before, or to a ticket. */
    private static final Set<String> NO_NEWS = Set.of(NewPage.OVER, NewPage.ROUND);

    boolean isNews() {
        return !NO_NEWS.contains(kind);
    }

    /** By which rotas its step notified; empty: none. Who has the ticket is asked by name. */
    String rota(EscalationPolicy policy) {
        return NewPage.QUESTIONS.contains(kind) || step >= policy.steps().size()
                ? ""
                : policy.steps().get(step).whom().stream()
                        .filter(target -> target.kind() == Target.Kind.ROTA)
                        .map(Target::name)
                        .collect(Collectors.joining(", "));
    }
}
