package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Host;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.Role;
import dev.mackerelredmine.text.Markup;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a notification says, as the templates get it: texts, and lists and maps of texts. What it does not say is absent. */
final class Facts {

    private static final int MOST_DIGITS = 20;

    private final Sentences sentences;
    private final TextFormat format;

    Facts(Sentences sentences, TextFormat format) {
        this.sentences = sentences;
        this.format = format;
    }

    /** @param level how much is told: memos and messages may be left out */
    Map<String, Object> of(Notification notification, TextLevel level) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("words", sentences.words());
        put(facts, "host", notification.host(), host -> host(host, level));
        put(facts, "service", notification.service(), service -> line(service.name()));
        put(facts, "where", notification.alarmHost(), Facts::line);
        put(facts, "message", level.of(text(notification.message())), this::prose);
        put(facts, "memo", level == TextLevel.BARE ? null : text(notification.memo()), this::lines);
        put(facts, "alert", notification.alert(), this::alert);
        return facts;
    }

    /** Absent where there is nothing, or nothing comes of it. */
    static <T> void put(Map<String, Object> facts, String name, T value, Function<T, ?> made) {
        Object fact = value == null ? null : made.apply(value);
        if (fact != null) {
            facts.put(name, fact);
        }
    }

    static String line(String text) {
        String line = text == null ? "" : Lines.one(text);
        return line.isEmpty() ? null : line;
    }

    static String text(String text) {
        return text == null || Lines.some(text).isEmpty() ? null : text;
    }

    /** A web address in it can be followed: a runbook's, say. */
    Markup prose(String text) {
        return new Markup(format.prose(text), text);
    }

    private List<Markup> lines(String text) {
        return Lines.all(text).stream().map(this::prose).toList();
    }

    private Map<String, Object> host(Host host, TextLevel level) {
        Map<String, Object> facts = new HashMap<>();
        put(facts, "name", host.name() == null ? host.id() : host.name(), Facts::line);
        put(facts, "url", host.url(), WebAddress::of);
        put(facts, "status", host.status(), Facts::line);
        put(facts, "memo", level == TextLevel.BARE ? null : text(host.memo()), this::prose);
        facts.put(
                "roles",
                host.roles().stream()
                        .map(Facts::role)
                        .filter(role -> role.containsKey("name"))
                        .toList());
        return facts.containsKey("name") ? facts : null;
    }

    private static Map<String, Object> role(Role role) {
        String parts = Stream.of(role.serviceName(), role.roleName())
                .filter(Objects::nonNull)
                .reduce((service, name) -> service + ": " + name)
                .orElse(null);
        Map<String, Object> facts = new HashMap<>();
        put(facts, "name", role.fullname() == null ? parts : role.fullname(), Facts::line);
        put(facts, "url", role.roleUrl(), WebAddress::of);
        return facts;
    }

    private Map<String, Object> alert(Alert alert) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("status", status(alert.status()));
        put(facts, "monitor", alert.monitorName(), Facts::line);
        put(facts, "metric", alert.metricLabel(), Facts::line);
        put(facts, "value", value(alert), Facts::line);
        put(facts, "since", openedAt(alert), sentences::time);
        put(facts, "url", alert.url(), WebAddress::of);
        return facts;
    }

    static String status(AlertStatus status) {
        return status.toString().toUpperCase(Locale.ROOT);
    }

    static Instant openedAt(Alert alert) {
        if (alert.openedAt() != null) {
            return Instant.ofEpochSecond(alert.openedAt());
        }
        return alert.createdAt() == null ? null : Instant.ofEpochMilli(alert.createdAt());
    }

    /** The value beside the threshold that it is over, as in {@code 6 > 5 (critical), average of 3 min}. */
    String value(Alert alert) {
        if (alert.metricValue() == null) {
            return null;
        }
        String value = number(alert.metricValue());
        BigDecimal threshold = threshold(alert);
        if (threshold == null || alert.monitorOperator() == null) {
            return value;
        }
        String compared = sentences.say("value", value, alert.monitorOperator(), number(threshold), alert.status());
        return alert.duration() == null
                ? compared
                : sentences.say("value.average", compared, sentences.say("duration.minutes", alert.duration()));
    }

    private static BigDecimal threshold(Alert alert) {
        return switch (alert.status()) {
            case CRITICAL -> alert.criticalThreshold();
            case WARNING -> alert.warningThreshold();
            case OK, UNKNOWN -> null;
        };
    }

    private static String number(BigDecimal number) {
        boolean isLong = number.precision() + Math.abs((long) number.scale()) > MOST_DIGITS;
        return isLong ? number.toString() : number.toPlainString();
    }
}
