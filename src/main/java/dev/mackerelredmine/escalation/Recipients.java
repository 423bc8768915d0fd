package dev.mackerelredmine.escalation;

import dev.mackerelredmine.escalation.NotReached.Reason;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who a step notifies at a time.
 *
 * @param recipients each person and means once
 * @param leftOut why others are not
 */
public record Recipients(List<Recipient> recipients, List<NotReached> leftOut) {

    /** Redmine knows its people by their names. */
    private static final String REDMINE = "redmine";

    public Recipients {
        recipients = List.copyOf(recipients);
        leftOut = List.copyOf(leftOut);
    }

    /** Names resolve now: whoever is on call at that time, by the contacts that the file has now. */
    public static Recipients of(EscalationFile file, EscalationStep step, Instant at) {
        Set<Recipient> recipients = new LinkedHashSet<>();
        Set<NotReached> leftOut = new LinkedHashSet<>();
        for (Target target : step.whom()) {
            Optional<String> name = name(file, target, at);
            if (name.isEmpty()) {
                leftOut.add(nobody(file, target));
                continue;
            }
            for (String means : step.by()) {
                Recipient recipient = recipient(file, name.get(), means, target.kind() == Target.Kind.GROUP);
                if (recipient.contact() == null && !means.equals(REDMINE)) {
                    leftOut.add(new NotReached(Reason.NO_CONTACT, recipient.person(), means));
                } else {
                    recipients.add(recipient);
                }
            }
        }
        return new Recipients(List.copyOf(recipients), List.copyOf(leftOut));
    }

    private static Optional<String> name(EscalationFile file, Target target, Instant at) {
        return target.kind() == Target.Kind.ROTA
                ? Optional.ofNullable(file.rotas().get(target.name())).flatMap(rota -> rota.onCall(at))
                : Optional.of(target.name());
    }

    private static NotReached nobody(EscalationFile file, Target target) {
        Reason reason = file.rotas().containsKey(target.name()) ? Reason.NOBODY_ON_CALL : Reason.ROTA_GONE;
        return new NotReached(reason, target.name(), "");
    }

    private static Recipient recipient(EscalationFile file, String name, String means, boolean isGroup) {
        Person person = file.people().getOrDefault(name, new Person(name, Map.of()));
        return new Recipient(name, means, person.contacts().get(means), isGroup);
    }
}
