package faults;

import faults.Chat.Received;
import faults.Escalated.Escalation;
import faults.Escalated.OfTicket;
import faults.Escalated.SentPage;
import faults.Escalated.TakenStep;
import faults.Escalated.TicketAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The record of a run in which all was right: #42 escalated to its end, and nobody answered; #43 was taken three seconds after its first step.
 */
final class Paged {

    static final Instant BEGIN = Instant.parse("2026-11-30T10:00:00Z");
    static final long T0 = BEGIN.toEpochMilli();
    static final long LATER = T0 + 120_000;

    static final Escalation EXHAUSTED = new Escalation(7, 42, T0, 2, 3, null, null, null);
    static final Escalation ENDED = new Escalation(8, 43, T0, 1, 1, null, T0 + 3200, "acknowledged by taro Test");

    private final List<TakenStep> steps = new ArrayList<>();
    private final List<SentPage> pages = new ArrayList<>();
    private final List<Received> received = new ArrayList<>();

    private Paged() {
        for (int round = 1; round <= OnCall.ROUNDS; round++) {
            for (int step = 0; step < OnCall.STEPS.size(); step++) {
                take(EXHAUSTED, round, step, "accepted");
            }
        }
        take(ENDED, 1, 0, "answered");
    }

    static Escalated record() {
        Paged all = new Paged();
        return new Escalated(
                Map.of(42L, OnCall.POLICY, 43L, OnCall.POLICY),
                Set.of(43L),
                List.of(EXHAUSTED, ENDED),
                List.copyOf(all.steps),
                List.copyOf(all.pages),
                List.of(
                        new TicketAction(42, T0 - 50, "create"),
                        new TicketAction(43, T0 - 50, "create"),
                        new TicketAction(43, T0 + 3000, "acknowledge")),
                List.of(new OfTicket(42, T0 - 100, null, T0 - 50), new OfTicket(43, T0 - 100, null, T0 - 50)),
                List.copyOf(all.received),
                List.of(),
                LATER);
    }

    private void take(Escalation escalation, int round, int step, String state) {
        List<String> people = OnCall.STEPS.get(step).people().stream()
                .map(oneOf -> oneOf.stream().sorted().findFirst().orElseThrow())
                .toList();
        steps.add(new TakenStep(
                escalation.id(),
                round,
                step,
                people.isEmpty() ? "nobody is on call in the rota later" : people.toString()));
        for (String person : people) {
            SentPage page = new SentPage(
                    pages.size() + 1, escalation.issue(), escalation.id(), "page", round, step, person, state, null);
            pages.add(page);
            received.add(came(page, escalation.startsAt() + OnCall.due(round, step) + 300, ChatAnswer.TAKEN));
        }
    }

    static Received came(SentPage page, long at, ChatAnswer answer) {
        return new Received(
                0,
                Instant.ofEpochMilli(at),
                page.key(),
                page.person().split(" ")[0],
                "{}",
                answer,
                Instant.ofEpochMilli(at + 5));
    }

    /** The page that an escalation sent first. */
    static SentPage first(Escalated record, Escalation escalation) {
        return record.pagesOf(escalation).get(0);
    }

    static <T> List<T> with(List<T> all, T one) {
        List<T> more = new ArrayList<>(all);
        more.add(one);
        return more;
    }

    static <T> List<T> without(List<T> all, T one) {
        return all.stream().filter(each -> !each.equals(one)).toList();
    }

    static SentPage as(SentPage page, String state, String why) {
        return new SentPage(
                page.id(),
                page.issue(),
                page.escalation(),
                page.kind(),
                page.round(),
                page.step(),
                page.person(),
                state,
                why);
    }
}
