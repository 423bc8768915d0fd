package dev.mackerelredmine.ticket.text;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.text.Lines;
import dev.mackerelredmine.text.WebAddress;
import dev.mackerelredmine.ticket.IncidentList;
import dev.mackerelredmine.ticket.IncidentMember;
import dev.mackerelredmine.ticket.Severity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What an incident's ticket says, as its templates get it. Whatever its alerts say, it stays within bounds: at most a hundred lines, and in
 * each no more than fits there. A line has the alert's id, and not the marker of the alert's own ticket: that would be found twice.
 */
final class IncidentModel {

    private static final int MOST_LINES = 100;
    private static final int MOST_NAMES = 5;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_ADDRESS = 500;

    private final Sentences sentences;

    IncidentModel(Sentences sentences) {
        this.sentences = sentences;
    }

    /** @param headline the incident's own: its monitor is what the policy called it */
    Map<String, Object> subject(Notification headline, IncidentList list) {
        Map<String, Object> model = of(list);
        TemplateModel.put(model, "name", headline.alert().monitorName(), IncidentModel::name);
        List<String> names = names(list);
        model.put("names", names.stream().limit(MOST_NAMES).toList());
        model.put("others", Math.max(0, names.size() - MOST_NAMES));
        model.put("alerts", sentences.say("incident.alerts", list.total(), sentences.shortTime(list.since())));
        return model;
    }

    Map<String, Object> description(IncidentList list) {
        Map<String, Object> model = of(list);
        List<IncidentMember> listed = list.members().stream().limit(MOST_LINES).toList();
        model.put("since", sentences.time(list.since()));
        model.put("alerts", sentences.say("incident.firing", list.total(), list.firing()));
        model.put("members", listed.stream().map(this::member).toList());
        if (list.total() > listed.size()) {
            model.put("more", sentences.say("incident.more", list.total() - listed.size()));
        }
        return model;
    }

    private Map<String, Object> of(IncidentList list) {
        Map<String, Object> model = new HashMap<>();
        model.put("words", sentences.words());
        model.put("status", TemplateModel.status(worst(list)));
        return model;
    }

    private static AlertStatus worst(IncidentList list) {
        return list.members().stream()
                .map(IncidentMember::status)
                .max(Comparator.comparingInt(Severity::of))
                .orElse(AlertStatus.OK);
    }

    /** By what they differ, the first first: their hosts, else their services, else their monitors. */
    private static List<String> names(IncidentList list) {
        List<Notification> first = list.members().stream()
                .sorted(Comparator.comparing(IncidentMember::openedAt)
                        .thenComparing(member -> member.key().toString()))
                .map(IncidentMember::notification)
                .toList();
        List<String> hosts = distinct(first, IncidentModel::host);
        List<String> services = distinct(first, IncidentModel::service);
        return Stream.of(hosts, services)
                .filter(names -> names.size() > 1)
                .findFirst()
                .orElseGet(() ->
                        distinct(first, notification -> notification.alert().monitorName()));
    }

    private static List<String> distinct(List<Notification> all, Function<Notification, String> said) {
        return all.stream()
                .map(said)
                .map(IncidentModel::name)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static String host(Notification notification) {
        return notification.host() == null ? null : notification.host().name();
    }

    private static String service(Notification notification) {
        return notification.service() == null ? null : notification.service().name();
    }

    private Map<String, Object> member(IncidentMember member) {
        Notification notification = member.notification();
        Alert alert = notification.alert();
        Map<String, Object> model = new HashMap<>();
        model.put("status", TemplateModel.status(member.status()));
        TemplateModel.put(model, "where", notification.alarmHost(), IncidentModel::name);
        TemplateModel.put(
                model,
                "url",
                address(notification.host() == null ? null : notification.host().url()),
                WebAddress::of);
        TemplateModel.put(model, "monitor", alert.monitorName(), IncidentModel::name);
        model.put("since", sentences.shortTime(member.openedAt()));
        TemplateModel.put(model, "ticket", member.issue(), Function.identity());
        TemplateModel.put(model, "alert", member.key().id(), IncidentModel::name);
        TemplateModel.put(model, "alertUrl", address(alert.url()), WebAddress::of);
        return model;
    }

    private static String name(String text) {
        String line = text == null ? "" : Lines.one(text);
        return line.isEmpty() ? null : TicketText.cut(line, LONGEST_NAME);
    }

    private static String address(String text) {
        return text == null || text.length() > LONGEST_ADDRESS ? null : text;
    }
}
