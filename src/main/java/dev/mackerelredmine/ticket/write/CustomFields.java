package dev.mackerelredmine.ticket.write;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.IssueField;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.TicketState.Shown;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.ticket.text.CharacterSupport;
import dev.mackerelredmine.ticket.text.TicketText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The custom fields of a ticket, by their numbers: what fills them at its creation, and at a change. */
final class CustomFields {

    private final TicketText text;
    private final WritingRules rules;

    CustomFields(TicketText text, WritingRules rules) {
        this.text = text;
        this.rules = rules;
    }

    List<CustomFieldValue> ofCreation(Notification headline, AlertKey key, Policy policy, CharacterSupport characters) {
        return list(values(headline, key, policy, characters));
    }

    /** If several fill a field, the routing policy's value is used, else the alert's, else the settings'. */
    Map<Long, Object> values(Notification headline, AlertKey key, Policy policy, CharacterSupport characters) {
        Map<Long, Object> values = new TreeMap<>(rules.defaults());
        put(values, rules.fields().monitor(), characters.write(text.monitor(headline)));
        put(values, rules.fields().level(), headline.alert().status().toString());
        put(values, rules.fields().host(), characters.write(text.alarmHost(headline)));
        put(values, rules.fields().alertId(), characters.write(key.id()));
        values.putAll(policy.fields());
        return values;
    }

    /** The level; what was refused before; and, with a status that may require them, the defaults of fields that are empty. */
    List<CustomFieldValue> ofChange(Shown sent, List<String> lacks, WantedFields wanted, Issue seen) {
        Map<Long, Object> values = new TreeMap<>();
        put(values, rules.fields().level(), sent.level());
        if (sent.status() != null && seen != null) {
            rules.defaults().forEach((field, value) -> putWhereLacking(values, field, value, seen));
        }
        wanted.customFields().forEach((field, value) -> {
            if (lacks.contains(IssueField.custom(field))) {
                putWhereLacking(values, field, value, seen);
            }
        });
        return list(values);
    }

    private static void putWhereLacking(Map<Long, Object> values, Long field, Object value, Issue seen) {
        if (seen.isEmpty(field)) {
            values.putIfAbsent(field, value);
        }
    }

    private static void put(Map<Long, Object> values, Long field, String value) {
        if (field != null && value != null) {
            values.put(field, value);
        }
    }

    private static List<CustomFieldValue> list(Map<Long, Object> values) {
        return values.entrySet().stream()
                .map(field -> new CustomFieldValue(field.getKey(), field.getValue()))
                .toList();
    }
}
