package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import dev.mackerelredmine.mackerelapi.RequestBudget;
import dev.mackerelredmine.store.Inbox;
import dev.mackerelredmine.store.KnownAlert;
import dev.mackerelredmine.store.MackerelPoll;
import dev.mackerelredmine.store.MackerelPolls;
import dev.mackerelredmine.ticket.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poll of what Mackerel has: lists it, compares it with what came in, and keeps that for which no webhook came. It ends early, and is not whole,
 * where a list cannot be had or the budget is spent; what was kept until then is kept, and nothing is concluded from what was not seen.
 */
final class Poll {

    /** For a webhook that is under way. */
    static final Duration GRACE = Duration.ofSeconds(90);

    /** An alert that opened so long before the last whole poll, or later, may have been passed over then, or clocks differ. */
    static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Poll.class);

    private final Parts parts;
    private final Limits limits;
    private final MackerelPoll poll;
    private final Instant begun;
    private final BooleanSupplier isOver;
    private final List<ApiAlert> older = new ArrayList<>();
    private final List<ApiAlert> unsure = new ArrayList<>();
    private AlertsLeftAlone leftAlone;
    private FoundAlerts foundAlerts;
    private int kept;
    private int found;
    private int waiting;
    private boolean isWhole = true;

    /** What it works with. */
    record Parts(
            MackerelApi api,
            RequestBudget budget,
            Organization organization,
            String site,
            NotificationReader reader,
            Inbox inbox,
            MackerelPolls polls,
            PollReport report) {}

    Poll(Parts parts, Limits limits, MackerelPoll poll, Instant begun, BooleanSupplier isOver) {
        this.parts = parts;
        this.limits = limits;
        this.poll = poll;
        this.begun = begun;
        this.isOver = isOver;
    }

    /** @throws MackerelException where the lists cannot be had: then nothing is kept */
    Reconciled take() throws MackerelException {
        String org = parts.organization().name();
        List<ApiAlert> open = parts.api().openAlerts();
        List<ApiAlert> recent = parts.api().alertsSince(since());
        Map<String, ApiAlert> there = new LinkedHashMap<>();
        Stream.concat(open.stream(), recent.stream()).forEach(alert -> there.put(alert.id(), alert));
        Map<String, KnownAlert> known = parts.polls().known(org, List.copyOf(there.keySet()));
        leftAlone = new AlertsLeftAlone(parts.polls(), org);
        foundAlerts = new FoundAlerts(parts, org);
        Differences differences =
                Differences.between(there, known, parts.polls().firing(org), leftAlone::contains, begun.minus(GRACE));
        try {
            catchUp(differences, known);
        } catch (MackerelException e) {
            isWhole = false;
            if (e.kind() != Kind.OVER_BUDGET) {
                throw e;
            }
        } finally {
            sayWhatWaits();
        }
        List<String> openIds = open.stream().map(ApiAlert::id).toList();
        leftAlone.areOpen(openIds, keepLeftAlone());
        if (isWhole) {
            parts.budget().rest();
        }
        return new Reconciled(kept, leftAlone.among(openIds), waiting, isWhole && unsure.isEmpty());
    }

    private Instant since() {
        return poll.lastWhole() == null
                ? poll.first().minus(limits.lookBack()).minus(OVERLAP)
                : poll.lastWhole().minus(OVERLAP);
    }

    /** As long as a closed one may still be listed. */
    private Duration keepLeftAlone() {
        return Duration.between(since(), begun).plus(OVERLAP);
    }

    private void catchUp(Differences differences, Map<String, KnownAlert> known) throws MackerelException {
        if (!differences.areNone()) {
            parts.budget().catchUp();
        }
        for (ApiAlert alert : differences.unknown()) {
            unknown(alert);
        }
        for (ApiAlert alert : differences.changed()) {
            changed(alert, known.get(alert.id()));
        }
        for (ApiAlert alert : differences.onlyEnded()) {
            onlyEnded(alert, known.get(alert.id()));
        }
        for (KnownAlert alert : differences.ended()) {
            ended(alert);
        }
    }

    /** No webhook came for it. */
    private void unknown(ApiAlert alert) throws MackerelException {
        if (isOlder(alert)) {
            if (!alert.isClosed()) {
                older.add(alert);
                leftAlone.add(
                        alert, "it opened more than mackerel.look-back before Mackerel was asked for the first time");
            }
            return;
        }
        Audience audience = audience(alert);
        if (audience == null) {
            return;
        }
        Subject subject = parts.organization().subject(alert);
        Optional<String> whyNot = audience.whyNot(subject, AlertStatus.CRITICAL);
        if (whyNot.isPresent()) {
            leftAlone.add(alert, whyNot.get());
        } else if (found >= limits.foundMax()) {
            waiting++;
            isWhole = false;
        } else {
            found(alert, audience, subject);
        }
    }

    private void found(ApiAlert alert, Audience audience, Subject subject) throws MackerelException {
        Life life = life(alert);
        Optional<String> whyNot = audience.whyNot(subject, life.highest());
        if (whyNot.isPresent()) {
            leftAlone.add(alert, whyNot.get());
        } else if (isSettled(life)) {
            found++;
            keep(alert, subject, life, null, true);
        } else {
            isWhole = false;
        }
    }

    /** The last that came in of it is not what it is now. */
    private void changed(ApiAlert alert, KnownAlert known) throws MackerelException {
        Life life = life(alert).after(known.since());
        if (life.isEmpty() || !isSettled(life)) {
            return;
        }
        Audience audience = audience(alert);
        if (audience == null) {
            return;
        }
        Subject subject = parts.organization().subject(alert);
        AlertStatus highest = known.status() == null ? life.highest() : worse(life.highest(), known.status());
        Optional<String> whyNot = audience.whyNot(subject, alert.isClosed() ? highest : life.highest());
        // That it is over closes its ticket, also where our channel does not get it.
        if (whyNot.isEmpty() || alert.isClosed()) {
            keep(alert, subject, life, known, whyNot.isEmpty());
        } else {
            leftAlone.add(alert, whyNot.get());
        }
    }

    /** What it was before its end gets its ticket after all. */
    private void onlyEnded(ApiAlert alert, KnownAlert known) throws MackerelException {
        Life life = life(alert);
        Audience audience = audience(alert);
        if (audience == null || life.highest() == AlertStatus.OK) {
            return;
        }
        Subject subject = parts.organization().subject(alert);
        Optional<String> whyNot = audience.whyNot(subject, life.highest());
        if (whyNot.isPresent() || isOlder(alert)) {
            leftAlone.add(alert, whyNot.orElse("it opened long before Mackerel was asked for the first time"));
        } else {
            keep(alert, subject, life.worstOnly(), known, true);
        }
    }

    private static AlertStatus worse(AlertStatus one, AlertStatus other) {
        return Severity.of(one) >= Severity.of(other) ? one : other;
    }

    /** It fires, by what came in, and is among none of the lists. Where it is open all the same, they were made before it opened. */
    private void ended(KnownAlert known) throws MackerelException {
        if (parts.organization().isUnknown(known.alertKey())) {
            return;
        }
        try {
            ApiAlert alert = asked(() -> parts.api().alert(known.alertKey()));
            if (alert.isClosed()) {
                changed(alert, known);
            }
        } catch (MackerelException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
            parts.organization().unknown(known.alertKey());
            LOG.warn(
                    "Alert {} is firing by its last notification, but Mackerel has no such alert: its ticket stays as it is",
                    known.key());
        }
    }

    /** Null where it cannot be known: then alerts are listed, and get no tickets. */
    private Audience audience(ApiAlert alert) throws MackerelException {
        try {
            return parts.organization().audience();
        } catch (MackerelException e) {
            if (e.kind() == Kind.OVER_BUDGET) {
                throw e;
            }
            if (unsure.isEmpty()) {
                LOG.warn(
                        "The alerts that Mackerel sends to this service's channel could not be determined: {}",
                        e.getMessage());
            }
            unsure.add(alert);
            return null;
        }
    }

    private Life life(ApiAlert alert) throws MackerelException {
        return Life.of(alert, asked(() -> parts.api().logs(alert.id())));
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws MackerelException;
    }

    private <T> T asked(Question<T> question) throws MackerelException {
        if (isOver.getAsBoolean()) {
            throw new MackerelException(Kind.OVER_BUDGET, "the poll has taken too long");
        }
        return question.ask();
    }

    private boolean isSettled(Life life) {
        return !life.last().at().isAfter(begun.minus(GRACE));
    }

    private boolean isOlder(ApiAlert alert) {
        return alert.opened().isBefore(poll.first().minus(limits.lookBack()));
    }

    private void keep(ApiAlert alert, Subject subject, Life life, KnownAlert known, boolean isLost) {
        if (foundAlerts.keep(alert, subject, life, known, isLost)) {
            kept++;
        }
    }

    private void sayWhatWaits() {
        if (waiting > 0) {
            LOG.warn(
                    "{} more alerts lost their webhooks than mackerel.found-max allows at once: their tickets follow",
                    waiting);
        }
    }

    /** Open ones that opened before all polls, and that no ticket is made of; of this poll only. */
    List<ApiAlert> older() {
        return older;
    }

    /** Those of which it is not known whether our channel gets them. */
    List<ApiAlert> unsure() {
        return unsure;
    }

    /** Of alerts, for people. */
    static String named(List<ApiAlert> alerts, int most) {
        String ids = alerts.stream().map(ApiAlert::id).limit(most).collect(Collectors.joining(", "));
        return alerts.size() > most ? ids + ", …" : ids;
    }
}
