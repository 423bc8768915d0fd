package faults;

import faults.Chat.Received;
import faults.Escalated.Escalation;
import faults.Escalated.SentPage;
import faults.Escalated.TakenStep;
import faults.Verdict.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

    /** @param words of the finding that has to be there */
    private record Tampering(String what, String words, Escalated record) {}

    boolean holds() {
        return tamperings().stream().map(this::isSeen).reduce(true, Boolean::logicalAnd);
    }

    private List<Tampering> tamperings() {
        SentPage page = first(record.pages(), "page that was taken", this::wasTakenOnce);
        Received came = first(record.received(), "", each -> each.id().equals(page.key()));
        Escalation ended =
                first(record.escalations(), "escalation that ended", each -> wasPaged(each) && each.endedAt() != null);
        SentPage ofEnded = first(
                record.pages(),
                "",
                each -> each.escalation() == ended.id() && each.kind().equals("page"));
        Escalation whole = first(record.escalations(), "escalation", this::wasPaged);
        TakenStep step = first(record.steps(), "", each -> each.escalation() == whole.id());
        List<Received> withoutCame = without(record.received(), came);
        List<SentPage> withoutPage = without(record.pages(), page);
        return List.of(
                new Tampering(
                        "a page did not reach the chat server",
                        "counts as taken, and the chat server took none",
                        record.withReceived(withoutCame)),
                new Tampering(
                        "a page that was taken came again",
                        "although the chat server took it",
                        record.withReceived(
                                with(record.received(), at(came, came.answered().plusMillis(1))))),
                new Tampering(
                        "a page came to another person",
                        "came to nobody",
                        record.withReceived(with(withoutCame, to(came, "nobody")))),
                new Tampering("a page is of nobody's", "the store has none such", record.withPages(withoutPage)),
                new Tampering(
                        "a page still waits",
                        "still waits",
                        record.withPages(with(withoutPage, as(page, "waiting", null)))),
                new Tampering(
                        "a page that was taken counts as failed",
                        "counts as failed, and the chat server took it",
                        record.withPages(with(withoutPage, as(page, "failed", "500")))),
                new Tampering(
                        "a page failed for no reason",
                        "is failed without a reason",
                        record.withPages(with(withoutPage, as(page, "failed", "")))
                                .withReceived(withoutCame)),
                new Tampering(
                        "a page came after its escalation had ended",
                        "after its escalation ended",
                        record.withReceived(with(record.received(), late(ofEnded, ended.endedAt())))),
                new Tampering(
                        "a step was not taken",
                        "neither taken nor skipped",
                        record.withSteps(without(record.steps(), step))),
                new Tampering(
                        "an escalation is stuck",
                        "has a step that is due since",
                        record.withEscalations(with(without(record.escalations(), whole), stuck(whole)))),
                new Tampering("a ticket has no policy", "escalates without a policy", withoutPolicy(whole.issue())));
    }

    private static Received late(SentPage page, long end) {
        return new Received(
                0,
                Instant.ofEpochMilli(end).plus(VerdictOnPages.SENDING).plusSeconds(1),
                page.key(),
                page.person().replace(" " + People.LASTNAME, ""),
                "",
                ChatAnswer.DROPPED_AFTER,
                Instant.now());
    }

    private Stream<String> found(Escalated tampered) {
        return Stream.concat(
                        new VerdictOnPages(tampered).findings().stream(),
                        new VerdictOnEscalations(tampered).findings(tickets).stream())
                .map(Finding::toString);
    }

    private boolean isSeen(Tampering tampering) {
        List<String> findings = found(tampering.record())
                .filter(finding -> !before.contains(finding) && finding.contains(tampering.words()))
                .toList();
        System.out.println((findings.isEmpty() ? "NOT SEEN: " : "seen: ") + tampering.what() + " " + findings);
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
