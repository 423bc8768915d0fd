package dev.mackerelredmine.escalation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** A time in which nobody is on call in a rota, although a policy that asks it may start to escalate then. */
public record RotaGap(String rota, Instant from, Instant to) {

    /** Of a rota that is not known now, such as by a calendar that could not be fetched, no time is a gap. */
    public static List<RotaGap> of(EscalationFile file, Instant from, Instant to, Set<LocalDate> holidays) {
        return file.rotas().entrySet().stream()
                .filter(rota -> rota.getValue().failures(ZoneOffset.UTC).isEmpty())
                .flatMap(rota -> Turn.of(rota.getValue(), from, to).stream()
                        .filter(turn -> turn.person().isEmpty())
                        .filter(turn -> file.policies().values().stream()
                                .filter(policy -> asks(policy, rota.getKey()))
                                .anyMatch(policy -> Schedule.start(policy, turn.from(), holidays)
                                        .isBefore(turn.to())))
                        .map(turn -> new RotaGap(rota.getKey(), turn.from(), turn.to())))
                .toList();
    }

    private static boolean asks(EscalationPolicy policy, String rota) {
        return policy.steps().stream()
                .flatMap(step -> step.whom().stream())
                .anyMatch(target -> target.equals(new Target(Target.Kind.ROTA, rota)));
    }
}
