package faults;

import faults.Chat.Received;
import faults.Escalated.Escalation;
import faults.Escalated.OfTicket;
import faults.Escalated.SentPage;
import faults.Escalated.TakenStep;
import faults.Verdict.Finding;
import faults.Verdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what reached the chat server with the steps that were due. Each step was taken or skipped for a reason; each page was taken by the
 * chat server or not for a reason; none reached it after somebody had the ticket or it was over; and none came again that was known to be taken.
 */
final class VerdictOnPages {

    /** A page that was begun before it was known that it is needed no more has reached the chat server by then. */
    static final Duration SENDING = Duration.ofSeconds(5);

    /** Before that, an answer is written down. */
    static final Duration WRITING = Duration.ofSeconds(2);

    /** So much later than it is due a step may be taken, in addition to the time in which the service was down. */
    static final Duration LATENESS = Duration.ofSeconds(15);

    private static final Set<String> SETTLES = Set.of("acknowledge", "closed-by-person", "close");
    private static final Set<String> UNSETTLES = Set.of("hand-over", "taken-back", "reopen", "join", "worse");

    private final Escalated record;
    private final Map<String, List<Received>> received = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    VerdictOnPages(Escalated record) {
        this.record = record;
        record.received().stream()
                .sorted(Comparator.comparing(Received::at))
                .forEach(page -> received.computeIfAbsent(page.id(), id -> new ArrayList<>())
                        .add(page));
    }

    List<Finding> findings() {
        record.escalations().forEach(this::judgeSteps);
        record.pages().forEach(this::judge);
        Set<String> known = record.pages().stream().map(SentPage::key).collect(Collectors.toSet());
        received.keySet().stream()
                .filter(id -> !known.contains(id))
                .forEach(
                        id -> find(Kind.WRONG, "page " + id + " reached the chat server, and the store has none such"));
        received.values().forEach(this::judgeRepetition);
        return findings;
    }

    // --- each step that was due was taken, or skipped for a reason

    private void judgeSteps(Escalation escalation) {
        boolean isRunning = escalation.endedAt() == null;
        if (isRunning && escalation.dueAt() != null && isLate(escalation.dueAt(), record.at())) {
            find(Kind.LOST, escalation + " has a step that is due since " + Instant.ofEpochMilli(escalation.dueAt()));
        }
        for (int round = 1; round <= OnCall.ROUNDS; round++) {
            for (int step = 0; step < OnCall.STEPS.size(); step++) {
                judgeStep(escalation, round, step);
            }
        }
    }

    private void judgeStep(Escalation escalation, int round, int step) {
        String what = escalation + ", round " + round + ", step " + step;
        List<TakenStep> taken = record.steps().stream()
                .filter(each -> each.escalation() == escalation.id() && each.round() == round && each.step() == step)
                .toList();
        if (taken.isEmpty()) {
            long due = escalation.startsAt() + OnCall.due(round, step);
            long end = escalation.endedAt() == null ? record.at() : escalation.endedAt();
            if (escalation.isPast(round, step) || isLate(due, end)) {
                find(Kind.LOST, what + " was due and neither taken nor skipped");
            }
            return;
        }
        if (!escalation.isPast(round, step)) {
            return; // what stands there is the hand-over before the first step
        }
        List<SentPage> pages = record.pagesOf(escalation).stream()
                .filter(page -> page.kind().equals("page") && page.round() == round && page.step() == step)
                .toList();
        for (Set<String> oneOf : OnCall.STEPS.get(step).people()) {
            if (pages.stream().noneMatch(page -> oneOf.contains(page.person()))) {
                find(
                        Kind.LOST,
                        what + " has no page for "
                                + String.join(" or ", oneOf.stream().sorted().toList()));
            }
        }
        if (pages.size() > OnCall.STEPS.get(step).people().size()) {
            find(Kind.TWICE, what + " has the pages " + pages);
        }
        if (pages.isEmpty() && taken.get(0).why().isBlank()) {
            find(Kind.WRONG, what + " was skipped without a reason");
        }
    }

    private boolean isLate(long due, long end) {
        return due + LATENESS.toMillis() + record.downBetween(due, end) < end;
    }

    // --- what became of each page

    private void judge(SentPage page) {
        List<Received> came = received.getOrDefault(page.key(), List.of());
        boolean isKnownTaken = came.stream().anyMatch(each -> each.answer().isTaken() && !isKilledAt(each));
        if (page.state().equals("waiting")) {
            find(Kind.LOST, page + " still waits");
        } else if (page.isTaken()
                && came.stream().noneMatch(each -> each.answer().isTaken())) {
            find(Kind.LOST, page + " counts as taken, and the chat server took none");
        } else if (!page.isTaken() && isKnownTaken) {
            find(Kind.WRONG, page + " counts as " + page.state() + ", and the chat server took it");
        } else if (Set.of("failed", "dropped").contains(page.state())
                && (page.why() == null || page.why().isBlank())) {
            find(Kind.WRONG, page + " is " + page.state() + " without a reason");
        }
        came.stream()
                .filter(each -> !page.person().equals(each.to() + " " + People.LASTNAME))
                .forEach(each -> find(Kind.WRONG, page + " came to " + each.to()));
        if (!page.kind().equals("over")) {
            came.forEach(each -> judgeTime(page, each));
        }
    }

    // --- nothing after it was known to be settled

    private void judgeTime(SentPage page, Received came) {
        long before = came.at().minus(SENDING).toEpochMilli();
        record.escalations().stream()
                .filter(escalation -> escalation.id() == page.escalation())
                .filter(escalation -> escalation.endedAt() != null)
                .forEach(escalation -> {
                    if (escalation.endedAt() < before) {
                        find(
                                Kind.WRONG,
                                page + " came at " + came.at() + ", after its escalation ended ("
                                        + escalation.endedFor() + ")");
                    } else if (isRecovered(escalation, before)) {
                        find(Kind.WRONG, page + " came at " + came.at() + ", after it came in that all is over");
                    }
                });
        record.ticketActions().stream()
                .filter(done -> done.issue() == page.issue() && done.at() < before)
                .filter(done -> SETTLES.contains(done.action()) || UNSETTLES.contains(done.action()))
                .reduce((earlier, later) -> later)
                .filter(done -> SETTLES.contains(done.action()) && !isUnsettled(page.issue(), done.at(), came))
                .ifPresent(done -> find(
                        Kind.WRONG,
                        page + " came at " + came.at() + ", after " + done.action() + " at "
                                + Instant.ofEpochMilli(done.at())));
    }

    /** Of the alerts that it knew when it ended, the last one was over before that time. */
    private boolean isRecovered(Escalation escalation, long before) {
        List<OfTicket> alerts = record.alerts().stream()
                .filter(alert -> alert.issue() == escalation.issue() && alert.since() <= escalation.endedAt())
                .toList();
        return "recovered".equals(escalation.endedFor())
                && !alerts.isEmpty()
                && alerts.stream().allMatch(alert -> alert.over() != null && alert.over() < before);
    }

    /** Whether the ticket was given back, or opened again, before the page came. */
    private boolean isUnsettled(long issue, long since, Received came) {
        return record.ticketActions().stream()
                .filter(done -> done.issue() == issue && UNSETTLES.contains(done.action()))
                .anyMatch(done -> done.at() >= since && done.at() <= came.at().toEpochMilli());
    }

    // --- what was known to be taken does not come again

    private void judgeRepetition(List<Received> same) {
        for (int i = 1; i < same.size(); i++) {
            Received before = same.get(i - 1);
            if (before.answer().isTaken() && !isKilledAt(before)) {
                find(
                        Kind.TWICE,
                        "page " + before.id() + " came at " + same.get(i).at()
                                + ", although the chat server took it at " + before.at() + " (" + before.answer()
                                + ")");
            }
        }
    }

    /** Whether a service was killed before it can have written down that a page was taken. */
    private boolean isKilledAt(Received page) {
        return record.wasKilledBetween(page.at(), page.answered().plus(WRITING));
    }

    private void find(Kind kind, String what) {
        findings.add(new Finding(kind, null, what));
    }
}
