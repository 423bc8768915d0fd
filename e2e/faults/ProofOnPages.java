package faults;

import faults.Chat.Received;
import faults.Escalated.Escalation;
import faults.Escalated.SentPage;
import faults.Escalated.TakenStep;
import faults.Verdict.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tampers with the record of a run in each way that the verdict on pages has to see, one at a time, and wants it to be seen. */
final class ProofOnPages {

    private final Escalated record;
    private final List<Ticket> tickets;
    private final Set<String> before;

    ProofOnPages(Escalated record, List<Ticket> tickets) {
        this.record = record;
        this.tickets = tickets;
        this.before = found(record).collect(Collectors.toSet());
    }

    boolean holds() {
        Map<String, Escalated> tampered = new LinkedHashMap<>();
        SentPage page = first(record.pages(), "page that was taken", this::wasTakenOnce);
        Received came = first(record.received(), "", each -> each.id().equals(page.key()));
        tampered.put("a page did not reach the chat server", record.withReceived(without(record.received(), came)));
        tampered.put(
                "a page that was taken came again",
                record.withReceived(
                        with(record.received(), at(came, came.answered().plusMillis(1)))));
        tampered.put("a page came to another person", record.withReceived(with(record.received(), to(came, "nobody"))));
        tampered.put("a page is of nobody's", record.withPages(without(record.pages(), page)));
        tampered.put(
                "a page still waits", record.withPages(with(without(record.pages(), page), as(page, "waiting", null))));
        tampered.put("a page failed for no reason", record.withPages(with(record.pages(), as(page, "failed", ""))));
        Escalation ended =
                first(record.escalations(), "escalation that ended", each -> wasPaged(each) && each.endedAt() != null);
        SentPage ofEnded = first(
                record.pages(),
                "",
                each -> each.escalation() == ended.id() && each.kind().equals("page"));
        Received late = new Received(
                0,
                Instant.ofEpochMilli(ended.endedAt())
                        .plus(VerdictOnPages.SENDING)
                        .plusSeconds(1),
                ofEnded.key(),
                ofEnded.person().replace(" " + People.LASTNAME, ""),
                "",
                ChatAnswer.DROPPED_AFTER,
                Instant.now());
        tampered.put("a page came after its escalation had ended", record.withReceived(with(record.received(), late)));
        Escalation whole = first(record.escalations(), "escalation", this::wasPaged);
        TakenStep step = first(record.steps(), "", each -> each.escalation() == whole.id());
        tampered.put("a step was not taken", record.withSteps(without(record.steps(), step)));
        tampered.put(
                "an escalation is stuck",
                record.withEscalations(with(without(record.escalations(), whole), stuck(whole))));
        tampered.put("a ticket has no policy", withoutPolicy(whole.issue()));
        return tampered.entrySet().stream()
                        .filter(each -> !isSeen(each.getKey(), each.getValue()))
                        .count()
                == 0;
    }

    private Stream<String> found(Escalated tampered) {
        return Stream.concat(
                        new VerdictOnPages(tampered).findings().stream(),
                        new VerdictOnEscalations(tampered).findings(tickets).stream())
                .map(Finding::toString);
    }

    private boolean isSeen(String what, Escalated tampered) {
        List<String> findings =
                found(tampered).filter(finding -> !before.contains(finding)).toList();
        System.out.println((findings.isEmpty() ? "NOT SEEN: " : "seen: ") + what + " " + findings);
        return !findings.isEmpty();
    }

    /** And no service was killed meanwhile. */
    private boolean wasTakenOnce(SentPage page) {
        List<Received> came = record.received().stream()
                .filter(each -> each.id().equals(page.key()))
                .toList();
        return page.isTaken()
                && page.kind().equals("page")
                && came.size() == 1
                && !record.wasKilledBetween(
                        came.get(0).at(), came.get(0).answered().plus(VerdictOnPages.WRITING));
    }

    private boolean wasPaged(Escalation escalation) {
        return record.steps().stream()
                        .anyMatch(step ->
                                step.escalation() == escalation.id() && escalation.isPast(step.round(), step.step()))
                && record.pagesOf(escalation).stream()
                        .anyMatch(page -> page.kind().equals("page"));
    }

    private static <T> T first(List<T> all, String what, Predicate<T> wanted) {
        return all.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("--prove needs a " + what + ": more alerts have one"));
    }

    private static <T> List<T> without(List<T> all, T one) {
        return all.stream().filter(each -> !each.equals(one)).toList();
    }

    private static <T> List<T> with(List<T> all, T one) {
        List<T> more = new ArrayList<>(all);
        more.add(one);
        return more;
    }

    private static Received at(Received came, Instant at) {
        return new Received(came.number(), at, came.id(), came.to(), came.body(), came.answer(), at);
    }

    private static Received to(Received came, String to) {
        return new Received(came.number(), came.at(), came.id(), to, came.body(), came.answer(), came.answered());
    }

    private static SentPage as(SentPage page, String state, String why) {
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

    private static Escalation stuck(Escalation escalation) {
        return new Escalation(escalation.id(), escalation.issue(), escalation.startsAt(), 1, 0, 0L, null, null);
    }

    private Escalated withoutPolicy(long issue) {
        Map<Long, String> policies = new HashMap<>(record.policies());
        policies.remove(issue);
        return record.withPolicies(policies);
    }
}
