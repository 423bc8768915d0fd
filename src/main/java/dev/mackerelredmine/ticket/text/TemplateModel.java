package dev.mackerelredmine.ticket.text;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Host;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.Role;
import dev.mackerelredmine.text.Lines;
import dev.mackerelredmine.text.Markup;
import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.text.WebAddress;
import dev.mackerelredmine.ticket.TextLevel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a notification says, as the templates get it: texts, and lists and maps of texts. What it does not say is absent. */
final class TemplateModel {

    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_UP);
    private static final int MOST_DIGITS = 18;
    private static final int MOST_ZEROS = 5;

    private final Sentences sentences;
    private final TextFormat format;

    TemplateModel(Sentences sentences, TextFormat format) {
        this.sentences = sentences;
        this.format = format;
    }

    /** @param level how much is shown: memos and messages may be left out */
    Map<String, Object> of(Notification notification, TextLevel level) {
        Map<String, Object> model = new HashMap<>();
        model.put("words", sentences.words());
        put(model, "host", notification.host(), host -> host(host, level));
        put(model, "service", notification.service(), service -> line(service.name()));
        put(model, "where", notification.alarmHost(), TemplateModel::line);
        put(model, "message", level.of(text(notification.message())), this::prose);
        put(model, "memo", level == TextLevel.BARE ? null : text(notification.memo()), this::block);
        put(model, "labels", notification.seriesLabels(), TemplateModel::labels);
        put(model, "alert", notification.alert(), alert -> alert(alert, notification.seriesName()));
        return model;
    }

    /** Absent where there is nothing, or nothing comes of it. */
    static <T> void put(Map<String, Object> model, String name, T value, Function<T, ?> made) {
        Object fact = value == null ? null : made.apply(value);
        if (fact != null) {
            model.put(name, fact);
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

    private Map<String, Object> block(String text) {
        return Map.of("block", new Markup(format.block(text), text), "links", format.links(text));
    }

    /** By which a query monitor's series differ, as in {@code http.route=/orders, region=tokyo}. */
    private static String labels(Map<String, String> labels) {
        return line(labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", ")));
    }

    private Map<String, Object> host(Host host, TextLevel level) {
        Map<String, Object> model = new HashMap<>();
        put(model, "name", host.name() == null ? host.id() : host.name(), TemplateModel::line);
        put(model, "url", host.url(), WebAddress::of);
        put(model, "status", host.status(), TemplateModel::line);
        put(model, "memo", level == TextLevel.BARE ? null : text(host.memo()), this::prose);
        model.put(
                "roles",
                host.roles().stream()
                        .map(TemplateModel::role)
                        .filter(role -> role.containsKey("name"))
                        .toList());
        return model.containsKey("name") ? model : null;
    }

    private static Map<String, Object> role(Role role) {
        String parts = Stream.of(role.serviceName(), role.roleName())
                .filter(Objects::nonNull)
                .reduce((service, name) -> service + ": " + name)
                .orElse(null);
        Map<String, Object> model = new HashMap<>();
        put(model, "name", role.fullname() == null ? parts : role.fullname(), TemplateModel::line);
        put(model, "url", role.roleUrl(), WebAddress::of);
        return model;
    }

    private Map<String, Object> alert(Alert alert, String series) {
        Map<String, Object> model = new HashMap<>();
        model.put("status", status(alert.status()));
        put(model, "monitor", alert.monitorName(), TemplateModel::line);
        put(model, "metric", alert.metricLabel() == null ? series : alert.metricLabel(), TemplateModel::line);
        put(model, "value", value(alert), TemplateModel::line);
        put(model, "since", openedAt(alert), sentences::time);
        put(model, "url", alert.url(), WebAddress::of);
        return model;
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

    /**
     * As people read numbers: 0.3, not 0.30000000000000004; 10,000,000, not 1.0E7. A fraction is rounded to six significant digits, but
     * never the whole part: a counter such as 1,693,212,649 is read to its last digit. Beyond what a person can count, powers of ten.
     * English and Japanese group and point alike. The number as it was sent is in the notification.
     */
    private static String number(BigDecimal number) {
        int whole = number.precision() - number.scale();
        if (number.signum() != 0 && (whole > MOST_DIGITS || whole < -MOST_ZEROS)) {
            return number.round(SIX_DIGITS).stripTrailingZeros().toString();
        }
        DecimalFormat plain = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        plain.setRoundingMode(SIX_DIGITS.getRoundingMode());
        plain.setMaximumFractionDigits(Math.max(0, SIX_DIGITS.getPrecision() - whole));
        return plain.format(number);
    }
}
