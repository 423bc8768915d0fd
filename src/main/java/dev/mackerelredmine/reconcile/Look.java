package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.mackerelapi.ApiLog;
import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import dev.mackerelredmine.mackerelapi.RequestBudget;
import dev.mackerelredmine.store.HeardAlert;
import dev.mackerelredmine.store.Inbox;
import dev.mackerelredmine.store.LeftAlone;
import dev.mackerelredmine.store.MackerelLook;
import dev.mackerelredmine.store.MackerelLooks;
import dev.mackerelredmine.ticket.ProblemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
 * One look at what Mackerel has: lists it, compares it with what came in, and keeps what no webhook told. It ends early, and is not whole,
 * where a list cannot be had or the budget is spent; what was kept until then is kept, and nothing is concluded from what was not seen.
 */
final class Look {

    /** For a webhook that is under way. */
    static final Duration GRACE = Duration.ofSeconds(90);

    /** An alert that opened so long before the last whole look, or later, may have been passed over then, or clocks differ. */
    static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Look.class);

    private final Parts parts;
    private final Limits limits;
    private final MackerelLook look;
    private final Instant begun;
    private final BooleanSupplier isOver;
    private final List<ApiAlert> older = new ArrayList<>();
    private final List<ApiAlert> unsure = new ArrayList<>();
    private Map<String, LeftAlone> leftAlone;
    private String org;
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
            MackerelLooks looks,
            LookReport report) {}

    Look(Parts parts, Limits limits, MackerelLook look, Instant begun, BooleanSupplier isOver) {
        this.parts = parts;
        this.limits = limits;
        this.look = look;
        this.begun = begun;
        this.isOver = isOver;
    }

    /** @throws MackerelException where the lists cannot be had: then nothing is kept */
    Reconciled take() throws MackerelException {
        parts.budget().rest();
        org = parts.organization().name();
        List<ApiAlert> open = parts.api().openAlerts();
        List<ApiAlert> recent = parts.api().alertsSince(since());
        Map<String, ApiAlert> there = new LinkedHashMap<>();
        Stream.concat(open.stream(), recent.stream()).forEach(alert -> there.put(alert.id(), alert));
        Map<String, HeardAlert> heard = parts.looks().heard(org, List.copyOf(there.keySet()));
        leftAlone = parts.looks().leftAlone(org);
        try {
            compare(there, heard);
        } catch (MackerelException e) {
            isWhole = false;
            if (e.kind() != Kind.OVER_BUDGET) {
                sayKept();
                throw e;
            }
        }
        List<String> openIds = open.stream().map(ApiAlert::id).toList();
        parts.looks().stillLeftAlone(org, openIds, keepLeftAlone());
        sayKept();
        int alone = (int) openIds.stream().filter(leftAlone::containsKey).count();
        return new Reconciled(kept, alone, waiting, isWhole && unsure.isEmpty());
    }

    private Instant since() {
        return look.lastWhole() == null
                ? look.first().minus(limits.lookBack()).minus(OVERLAP)
                : look.lastWhole().minus(OVERLAP);
    }

    /** As long as a closed one may still be listed. */
    private Duration keepLeftAlone() {
        return Duration.between(since(), begun).plus(OVERLAP);
    }

    private void compare(Map<String, ApiAlert> there, Map<String, HeardAlert> heard) throws MackerelException {
        List<ApiAlert> unknown = there.values().stream()
                .filter(alert -> !heard.containsKey(alert.id()))
                .filter(alert -> !isLeftAlone(alert))
                .filter(alert -> !alert.opened().isAfter(begun.minus(GRACE)))
                .sorted(Comparator.comparingInt((ApiAlert alert) -> -Life.severity(alert.status()))
                        .thenComparing(ApiAlert::opened))
                .toList();
        List<ApiAlert> changed = there.values().stream()
                .filter(alert -> heard.containsKey(alert.id()))
                .filter(alert -> heard.get(alert.id()).status() != alert.status())
                .filter(alert -> !isLeftAlone(alert))
                .toList();
        List<ApiAlert> onlyEnded = there.values().stream()
                .filter(ApiAlert::isClosed)
                .filter(alert -> heard.containsKey(alert.id()) && isOnlyEnded(heard.get(alert.id())))
                .filter(alert -> !isLeftAlone(alert))
                .toList();
        List<HeardAlert> ended = parts.looks().firing(org).stream()
                .filter(alert -> !there.containsKey(alert.alertKey()))
                .filter(alert -> !alert.since().isAfter(begun.minus(GRACE)))
                .toList();
        if (!unknown.isEmpty() || !changed.isEmpty() || !onlyEnded.isEmpty() || !ended.isEmpty()) {
            parts.budget().catchUp();
        }
        for (ApiAlert alert : unknown) {
            unknown(alert);
        }
        for (ApiAlert alert : changed) {
            changed(alert, heard.get(alert.id()));
        }
        for (ApiAlert alert : onlyEnded) {
            opening(alert, heard.get(alert.id()));
        }
        for (HeardAlert alert : ended) {
            ended(alert);
        }
    }

    private boolean isLeftAlone(ApiAlert alert) {
        LeftAlone known = leftAlone.get(alert.id());
        boolean isOver = alert.isClosed() && known != null;
        return isOver || known != null && known.status().equals(alert.status().toString());
    }

    /** No webhook told of it. */
    private void unknown(ApiAlert alert) throws MackerelException {
        if (alert.opened().isBefore(look.first().minus(limits.lookBack()))) {
            if (!alert.isClosed()) {
                older.add(alert);
                leaveAlone(
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
            leaveAlone(alert, whyNot.get());
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
            leaveAlone(alert, whyNot.get());
        } else if (isSettled(life)) {
            found++;
            keep(alert, subject, life, null, true);
        } else {
            isWhole = false;
        }
    }

    /** The last that came in of it is not what it is now. */
    private void changed(ApiAlert alert, HeardAlert heard) throws MackerelException {
        Life life = life(alert).after(heard.since());
        if (life.isEmpty() || !isSettled(life)) {
            return;
        }
        Audience audience = audience(alert);
        if (audience == null) {
            return;
        }
        Subject subject = parts.organization().subject(alert);
        AlertStatus highest = heard.status() == null ? life.highest() : worse(life.highest(), heard.status());
        Optional<String> whyNot = audience.whyNot(subject, alert.isClosed() ? highest : life.highest());
        // That it is over closes its ticket, whoever was to tell us.
        if (whyNot.isEmpty() || alert.isClosed()) {
            keep(alert, subject, life, heard, whyNot.isEmpty());
        } else {
            leaveAlone(alert, whyNot.get());
        }
    }

    private static boolean isOnlyEnded(HeardAlert heard) {
        return heard.status() == AlertStatus.OK && !heard.hasFired();
    }

    /** Its end came in, and nothing else: what it was is told after all. */
    private void opening(ApiAlert alert, HeardAlert heard) throws MackerelException {
        Life life = life(alert);
        Audience audience = audience(alert);
        if (audience == null || life.highest() == AlertStatus.OK) {
            return;
        }
        Subject subject = parts.organization().subject(alert);
        Optional<String> whyNot = audience.whyNot(subject, life.highest());
        if (whyNot.isPresent() || alert.opened().isBefore(look.first().minus(limits.lookBack()))) {
            leaveAlone(alert, whyNot.orElse("it opened long before Mackerel was asked for the first time"));
        } else {
            keep(alert, subject, life.worstOnly(), heard, true);
        }
    }

    private static AlertStatus worse(AlertStatus one, AlertStatus other) {
        return Life.severity(one) >= Life.severity(other) ? one : other;
    }

    /** It fires, by what came in, and is among none of the lists. Where it is open all the same, they were made before it opened. */
    private void ended(HeardAlert heard) throws MackerelException {
        if (parts.organization().isUnknown(heard.alertKey())) {
            return;
        }
        try {
            ApiAlert alert = asked(() -> parts.api().alert(heard.alertKey()));
            if (alert.isClosed()) {
                changed(alert, heard);
            }
        } catch (MackerelException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
            parts.organization().unknown(heard.alertKey());
            LOG.warn(
                    "Alert {} fires, by what was posted, and Mackerel knows no such alert: its ticket is left as it is",
                    heard.key());
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
                LOG.warn("It cannot be known which alerts our channel is told of: {}", e.getMessage());
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
            throw new MackerelException(Kind.OVER_BUDGET, "the look has taken too long");
        }
        return question.ask();
    }

    private boolean isSettled(Life life) {
        return !life.last().at().isAfter(begun.minus(GRACE));
    }

    private void leaveAlone(ApiAlert alert, String why) {
        parts.looks().leaveAlone(org, alert.id(), alert.status(), why);
        leftAlone.put(alert.id(), new LeftAlone(org, alert.id(), alert.status().toString(), why));
    }

    private void keep(ApiAlert alert, Subject subject, Life life, HeardAlert heard, boolean wasExpected) {
        FoundAlert.Place place = new FoundAlert.Place(org, parts.site(), parts.reader());
        List<ApiLog> changes = life.netEffect();
        ProblemKey key = ProblemKey.of(new FoundAlert(place, alert, subject, null).notification(changes.get(0)));
        String label = key.labelAmong(parts.looks().problemsThatBeginWith(key.beginning()))
                .orElse(null);
        FoundAlert as = new FoundAlert(place, alert, subject, label);
        List<Notification> events = changes.stream().map(as::notification).toList();
        if (parts.inbox().keepFound(events, heard, wasExpected ? events.size() : 0)) {
            kept++;
            parts.report().lost(wasExpected ? events.size() : 0);
            LOG.info(
                    "Alert {}/{} is {} at Mackerel since {}, and no webhook told that",
                    org,
                    alert.id(),
                    life.last().status(),
                    life.last().at());
        }
    }

    private void sayKept() {
        if (waiting > 0) {
            LOG.warn(
                    "{} more alerts were found than mackerel.found-max lets in at once: they follow at the next looks",
                    waiting);
        }
    }

    /** Open ones that opened before all looks, and that no ticket is made of; of this look only. */
    List<ApiAlert> older() {
        return older;
    }

    /** Those of which it could not be known whether our channel is told of them. */
    List<ApiAlert> unsure() {
        return unsure;
    }

    /** Of alerts, for people. */
    static String named(List<ApiAlert> alerts, int most) {
        String ids = alerts.stream().map(ApiAlert::id).limit(most).collect(Collectors.joining(", "));
        return alerts.size() > most ? ids + ", …" : ids;
    }
}
