package dev.mackerelredmine.paging;

import dev.mackerelredmine.escalation.EscalationPolicy;
import dev.mackerelredmine.escalation.EscalationPolicyJson;
import dev.mackerelredmine.escalation.EscalationStep;
import dev.mackerelredmine.escalation.NotReached;
import dev.mackerelredmine.escalation.Recipient;
import dev.mackerelredmine.escalation.Recipients;
import dev.mackerelredmine.escalation.Schedule;
import dev.mackerelredmine.escalation.Schedule.Place;
import dev.mackerelredmine.escalation.Target;
import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.store.EscalatableTicket;
import dev.mackerelredmine.store.NewPage;
import dev.mackerelredmine.store.QuietEscalation;
import dev.mackerelredmine.store.ReachedStep;
import dev.mackerelredmine.store.RunningEscalation;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreException;
import dev.mackerelredmine.store.TouchedEscalation;
import dev.mackerelredmine.store.WatchedTicket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins and ends escalations, and takes their steps that are due: each makes pages, or is skipped where it reaches nobody. What fails is left to
 * the next poll, and stops no other escalation.
 */
public final class Escalating {

    private static final int IN_ONE_POLL = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(Escalating.class);

    private final Store store;
    private final CurrentFile file;
    private final Rules rules;
    private final InstantSource clock;

    /**
     * What holds for all escalation policies.
     *
     * @param holidays days that count as a Sunday
     * @param handOverWait how long whoever was handed the ticket, or has it and is asked anew, has to answer before the next step
     * @param maxAge of an alert; an older one wakes nobody; zero: none is too old
     */
    public record Rules(Set<LocalDate> holidays, Duration handOverWait, Duration maxAge) {

        public Rules {
            holidays = Set.copyOf(holidays);
        }
    }

    public Escalating(Store store, CurrentFile file, Rules rules, InstantSource clock) {
        this.store = store;
        this.file = file;
        this.rules = rules;
        this.clock = clock;
    }

    /** Called by a timer. */
    public void poll() {
        store.escalations().endSettled();
        if (store.escalations().pausedSince().isEmpty()) {
            file.now().policies().values().stream()
                    .filter(policy -> policy.againAfter() != null)
                    .forEach(this::takenBefore);
            store.escalations().quiet().forEach(quiet -> guarded(quiet.issue(), () -> askAgain(quiet)));
            store.escalations().toBegin().forEach(ticket -> guarded(ticket.issue(), () -> begin(ticket)));
            store.escalations().touched().forEach(touched -> guarded(touched.issue(), () -> takeIn(touched)));
        }
        takeSteps();
    }

    /** Somebody may take a ticket before the first poll of it, or while all is paused: after again-after that person is asked all the same. */
    private void takenBefore(EscalationPolicy policy) {
        store.escalations()
                .takenBefore(policy.name())
                .forEach(ticket -> guarded(
                        ticket.issue(),
                        () -> whoHasIt(ticket.issue())
                                .ifPresent(person -> store.escalations()
                                        .endAtOnce(ticket, EscalationPolicyJson.write(policy), person))));
    }

    private void begin(EscalatableTicket ticket) {
        EscalationPolicy policy = file.now().policies().get(ticket.policy());
        if (policy == null) {
            return; // the auditor says so
        }
        Optional<Act> handOver = ticket.asks() == null ? handOver(ticket.issue()) : Optional.empty();
        boolean mayBeTooOld = handOver.isEmpty() && !NewPage.AGAIN.equals(ticket.asks());
        Optional<Duration> tooOld = mayBeTooOld ? tooOld(ticket) : Optional.empty();
        if (tooOld.isPresent()) {
            beginTooOld(ticket, policy, tooOld.get());
            return;
        }
        Optional<ReachedStep> reached = ticket.asks() == null
                ? store.escalations().reachedByMembers(ticket).filter(step -> isIn(policy, step))
                : Optional.empty();
        if (reached.isPresent()) {
            goesOn(ticket, policy, reached.get());
            return;
        }
        boolean asksFirst = ticket.asks() != null || handOver.isPresent();
        Instant start = Schedule.start(policy, clock.instant(), rules.holidays());
        Instant from = asksFirst ? start.plus(rules.handOverWait()) : start;
        Instant first = asksFirst ? start : Schedule.due(policy, from, 1, 0);
        EscalatableTicket asKnown = ticket.takingIn(handOver.map(Act::journal).orElse(0L));
        store.escalations().begin(asKnown, EscalationPolicyJson.write(policy), from, first);
        LOG.info(
                "Ticket #{}: escalates by the policy {}, its steps count from {}", ticket.issue(), policy.name(), from);
    }

    private static boolean isIn(EscalationPolicy policy, ReachedStep reached) {
        return reached.step() < policy.steps().size() && reached.round() <= policy.repeat() + 1;
    }

    /** Nobody is notified a second time of what the members of an incident have notified of already. */
    private void goesOn(EscalatableTicket ticket, EscalationPolicy policy, ReachedStep reached) {
        Instant from = Instant.ofEpochMilli(reached.startsAt());
        Instant due = Schedule.due(policy, from, reached.round(), reached.step());
        Schedule.Place next = new Schedule.Place(reached.round(), reached.step());
        store.escalations().begin(ticket, EscalationPolicyJson.write(policy), from, next, due);
        LOG.info(
                "Ticket #{}: its escalation goes on where its members' ended, with step {} of round {}",
                ticket.issue(),
                reached.step() + 1,
                reached.round());
    }

    private Optional<Duration> tooOld(EscalatableTicket ticket) {
        return rules.maxAge().isZero()
                ? Optional.empty()
                : AlertAge.of(store.escalations().firing(ticket), clock.instant())
                        .filter(age -> age.compareTo(rules.maxAge()) > 0);
    }

    private void beginTooOld(EscalatableTicket ticket, EscalationPolicy policy, Duration age) {
        String why = "nobody is notified: its alert was " + age.toMinutes()
                + " min old when its ticket came, and escalation.max-age is "
                + rules.maxAge().toMinutes() + " min";
        store.escalations().beginTooOld(ticket, EscalationPolicyJson.write(policy), age, why);
        LOG.warn("Ticket #{} is not escalated: {}", ticket.issue(), why);
    }

    private Optional<Act> handOver(long issue) {
        return whoIsOnIt(issue).flatMap(people -> Optional.ofNullable(people.handOver()));
    }

    private Optional<WhoIsOnIt> whoIsOnIt(long issue) {
        return store.people().ofIssue(issue).map(WatchedTicket::whoIsOnIt);
    }

    private Optional<String> whoHasIt(long issue) {
        return whoIsOnIt(issue)
                .filter(WhoIsOnIt::hasSomebody)
                .map(people -> people.acknowledged().by().name());
    }

    /** To whom a ticket is given that nobody has is notified, and the next step waits for an answer. */
    private void takeIn(TouchedEscalation touched) {
        Optional<String> name = touched.handOver().map(act -> act.to().name());
        List<NewPage> pages = name.isEmpty() ? List.of() : questions(name, touched.policy(), NewPage.HAND_OVER);
        store.escalations().takenIn(touched, pages);
        name.ifPresent(who -> LOG.info("Ticket #{}: handed over to {} while it escalates", touched.issue(), who));
    }

    private List<NewPage> questions(Optional<String> name, String policy, String kind) {
        return pages(Recipients.of(file.now(), firstMeansTo(name, policy), clock.instant()), kind);
    }

    private void takeSteps() {
        for (int i = 0; i < IN_ONE_POLL; i++) {
            Optional<RunningEscalation> claimed = store.escalations().claimStep();
            if (claimed.isEmpty()) {
                return;
            }
            guarded(claimed.get().issue(), () -> take(claimed.get()));
        }
    }

    /** The store says its own failures. Of others one escalation is stuck, and the auditor says so. */
    private static void guarded(long issue, Runnable work) {
        try {
            work.run();
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Ticket #{}: its escalation failed, and is tried again", issue, e);
        }
    }

    private void take(RunningEscalation running) {
        EscalationPolicy policy = EscalationPolicyJson.read(running.policy());
        Instant start = Instant.ofEpochMilli(running.startsAt());
        Instant due = Schedule.due(policy, start, running.round(), running.step());
        boolean isFirst = running.round() == 1 && running.step() == 0;
        Optional<Duration> toAnswer = toAnswer(running);
        if (isFirst && running.dueAt() < due.toEpochMilli()) {
            ask(running, due);
        } else if (toAnswer.isPresent()) {
            store.escalations().stepWaits(running, toAnswer.get());
        } else {
            takeStep(running, policy, start);
        }
    }

    /** By how much later a step is due, because one person was asked and has some time left, from when the means took the question or it failed. */
    private Optional<Duration> toAnswer(RunningEscalation running) {
        Instant now = clock.instant();
        return store.pages().of(running.id()).stream()
                .filter(page -> NewPage.QUESTIONS.contains(page.kind()))
                .map(page -> page.state().equals("waiting") ? now : page.time())
                .max(Comparator.naturalOrder())
                .map(asked -> asked.plus(rules.handOverWait()))
                .filter(until -> until.isAfter(now))
                .map(until -> Duration.between(Instant.ofEpochMilli(running.dueAt()), until));
    }

    /** Before the first step: whoever has the ticket, or was handed it, by the means of that step. */
    private void ask(RunningEscalation running, Instant firstDue) {
        boolean isHandOver = running.asks() == null;
        Optional<Act> handOver = isHandOver ? handOver(running.issue()) : Optional.empty();
        Optional<String> name = isHandOver ? handOver.map(act -> act.to().name()) : whoHasIt(running.issue());
        Recipients who = Recipients.of(file.now(), firstMeansTo(name, running.policy()), clock.instant());
        String why = (isHandOver ? "handed over to " : running.asks() + ", asks ") + name.orElse("nobody any more")
                + ": " + NotReached.inEnglish(why(who));
        String kind = isHandOver ? NewPage.HAND_OVER : running.asks();
        store.escalations().stepDone(running, pages(who, kind), why, 1, 0, firstDue);
        handOver.filter(act -> act.journal() > running.journal())
                .ifPresent(act -> store.escalations().takenIn(running.touched(act.journal()), List.of()));
        LOG.info("Ticket #{}: {}", running.issue(), why);
    }

    private static EscalationStep firstMeansTo(Optional<String> name, String policy) {
        return new EscalationStep(
                Duration.ZERO,
                name.map(it -> new Target(Target.Kind.PERSON, it)).stream().toList(),
                EscalationPolicyJson.read(policy).steps().get(0).by());
    }

    /** Who has the ticket already is not assigned to it. */
    private static List<NewPage> pages(Recipients who, String kind) {
        return who.recipients().stream()
                .filter(recipient -> !recipient.means().equals("redmine"))
                .map(recipient -> page(kind, 0, 0, recipient))
                .toList();
    }

    /** Whoever has the ticket is asked where there was no word of it for again-after; where there was, that time is waited for. */
    private void askAgain(QuietEscalation quiet) {
        EscalationPolicy policy = file.now().policies().get(quiet.policyName());
        if (policy == null || policy.againAfter() == null || !quiet.lasts()) {
            store.escalations().pollLater(quiet, null);
            return;
        }
        Instant now = clock.instant();
        Instant silent = Instant.ofEpochMilli(quiet.since()).plus(policy.againAfter());
        Instant due = Schedule.start(policy, silent, rules.holidays());
        if (due.isAfter(now)) {
            store.escalations().pollLater(quiet, due);
        } else if (quiet.fires()) {
            store.escalations().askAgain(quiet);
        } else {
            store.escalations().pollLater(quiet, now.plus(policy.againAfter()));
        }
    }

    /** After a step that reached nobody the next one of its round is due at once; a round keeps its time. */
    private void takeStep(RunningEscalation running, EscalationPolicy policy, Instant start) {
        int round = running.round();
        int step = running.step();
        Instant now = clock.instant();
        Recipients who = Recipients.of(file.now(), policy.steps().get(step), now);
        boolean isSkipped = who.recipients().isEmpty();
        Optional<Place> next = Schedule.next(policy, new Place(round, step));
        Instant nextDue = next.map(place -> Schedule.due(policy, start, place.round(), place.step()))
                .map(due -> isSkipped && next.get().round() == round && due.isAfter(now) ? now : due)
                .orElse(null);
        Place place = next.orElseGet(() -> new Place(round, step));
        boolean isLast = next.isEmpty() || place.round() > round;
        List<NewPage> pages = Stream.concat(
                        who.recipients().stream().map(recipient -> page("page", round, step, recipient)),
                        isLast ? Stream.of(NewPage.ofRound(round, step)) : Stream.empty())
                .toList();
        store.escalations().stepDone(running, pages, why(who), place.round(), place.step(), nextDue);
        String taken = "round " + round + ", step " + (step + 1) + " of " + running.policyName();
        if (isSkipped) {
            LOG.warn("Ticket #{}: {} notifies nobody: {}", running.issue(), taken, NotReached.inEnglish(why(who)));
        } else {
            LOG.info("Ticket #{}: {} notifies {}", running.issue(), taken, NotReached.inEnglish(why(who)));
        }
    }

    private static NewPage page(String kind, int round, int step, Recipient recipient) {
        return new NewPage(kind, round, step, recipient.person(), recipient.means(), recipient.isGroup());
    }

    /** To be kept: a line for those who are notified, and one for each who is not. */
    private static String why(Recipients who) {
        String notified = who.recipients().stream()
                .map(recipient -> recipient.person() + " by " + recipient.means())
                .collect(Collectors.joining(", "));
        return Stream.concat(Stream.of(notified), who.leftOut().stream().map(NotReached::kept))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
