package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether Redmine would take a ticket. It is asked with creations that cannot succeed, because their subject is blank: Redmine then lists
 * all else that is wrong, and creates nothing. Its words are never read, because they come in any language; which of its errors is about
 * the subject is known by asking with a subject that is too long instead.
 */
final class CreationLines {

    private static final String NEW_TICKET = "a new ticket";
    private static final String BLANK = "";
    private static final String TOO_LONG = "x".repeat(300);

    /** As long as host names are. */
    private static final String HOST = "h".repeat(63);

    private static final String MONITOR = "m".repeat(100);
    private static final String ALERT_ID = "2bj7ZsQ4bYh";
    private static final List<String> LEVELS = List.of("critical", "warning", "unknown");

    private final Wanted wanted;
    private final Redmine redmine;

    CreationLines(Wanted wanted, Redmine redmine) {
        this.wanted = wanted;
        this.redmine = redmine;
    }

    List<Line> lines() {
        return List.of(new Line(NEW_TICKET, this::newTicket));
    }

    private Finding newTicket() {
        List<String> ofSubject = errors(issue("critical", BLANK));
        ofSubject.removeAll(errors(issue("critical", TOO_LONG)));
        TreeSet<String> errors = new TreeSet<>();
        TreeSet<String> guilty = new TreeSet<>();
        for (String level : LEVELS) {
            Map<String, Object> whole = issue(level, BLANK);
            List<String> found = errors(whole);
            found.removeAll(ofSubject);
            errors.addAll(found);
            if (!found.isEmpty()) {
                guilty.addAll(guilty(level, found.size() + ofSubject.size()));
            }
        }
        return errors.isEmpty()
                ? Finding.ok(NEW_TICKET, "Redmine would take it, for each severity")
                : Finding.wrong(NEW_TICKET, "Redmine refuses it: " + String.join("; ", errors), advice(errors, guilty));
    }

    private String advice(TreeSet<String> errors, TreeSet<String> guilty) {
        List<String> advice = new ArrayList<>();
        if (!guilty.isEmpty()) {
            advice.add("Redmine seems to refuse the value of " + String.join(", ", guilty) + ": check it in Redmine");
        }
        for (JsonNode field : redmine.project().path("issue_custom_fields")) {
            String name = field.path("name").asText();
            if (!name.isEmpty() && errors.stream().anyMatch(error -> error.contains(name))) {
                advice.add(name + " can get a value by redmine.field."
                        + field.path("id").asText() + ", or by ticket.field."
                        + field.path("id").asText() + " in the policy");
            }
        }
        if (advice.isEmpty()) {
            advice.add(
                    "Untick \"Required\" (Administration, Custom fields; or Workflow, Fields permissions), or give it a value:"
                            + " a custom field by redmine.field.NUMBER, category and due date by ticket.category and ticket.dueDate in"
                            + " the policy. It may also be that the project's default assignee is locked");
        }
        return String.join(". ", advice)
                + ". Until then, tickets are made without the refused values, if Redmine allows that";
    }

    /** The settings without which there are fewer errors. */
    private List<String> guilty(String level, int errors) {
        List<String> guilty = new ArrayList<>();
        values(level, ALERT_ID).forEach((setting, value) -> {
            Map<String, Object> less = issue(level, BLANK);
            remove(less, value);
            if (errors(less).size() < errors) {
                guilty.add(setting);
            }
        });
        return guilty;
    }

    /** One thing that a ticket has by a setting. */
    private record Value(String field, Object value) {}

    private static void remove(Map<String, Object> issue, Value value) {
        if (!issue.remove(value.field(), value.value())) {
            ((List<?>) issue.get("custom_fields")).remove(value.value());
        }
    }

    /** What a ticket has by which setting. Names that Redmine does not have have lines of their own. */
    private Map<String, Value> values(String level, String alertId) {
        Map<String, Value> values = new LinkedHashMap<>();
        number(redmine.statuses(), Wanted.STATUS)
                .ifPresent(it -> values.put(Wanted.STATUS, new Value("status_id", it)));
        String priority = "redmine.priority." + level;
        number(redmine.priorities(), priority).ifPresent(it -> values.put(priority, new Value("priority_id", it)));
        number(redmine.members(), Wanted.ASSIGNED)
                .ifPresent(it -> values.put(Wanted.ASSIGNED, new Value("assigned_to_id", it)));
        wanted.names("redmine.custom-field.")
                .forEach(setting -> wanted.value(setting)
                        .ifPresent(it -> values.put(setting, field(it, sample(setting, level, alertId)))));
        wanted.names("redmine.field.")
                .forEach(setting -> wanted.value(setting)
                        .ifPresent(it -> values.put(setting, field(setting.substring("redmine.field.".length()), it))));
        return values;
    }

    private static Value field(String number, String value) {
        return new Value("custom_fields", Map.of("id", number, "value", value));
    }

    private static String sample(String setting, String level, String alertId) {
        return switch (setting) {
            case "redmine.custom-field.monitor" -> MONITOR;
            case "redmine.custom-field.level" -> level;
            case "redmine.custom-field.host" -> HOST;
            default -> alertId;
        };
    }

    private Optional<Long> number(Listing listing, String setting) {
        return wanted.value(setting)
                .flatMap(asked -> asked.matches("\\d{1,18}")
                        ? Optional.of(Long.valueOf(asked))
                        : listing.find(asked).map(entry -> entry.path("id").asLong()));
    }

    private Map<String, Object> issue(String level, String subject) {
        return issue(level, subject, ALERT_ID);
    }

    /** As the settings want a new ticket for an alert of this level. */
    Map<String, Object> issue(String level, String subject, String alertId) {
        Map<String, Object> issue = new LinkedHashMap<>();
        issue.put("tracker_id", redmine.tracker().path("id").asLong());
        issue.put("subject", subject);
        issue.put("description", "A question of mackerel-redmine check");
        List<Object> fields = new ArrayList<>();
        issue.put("custom_fields", fields);
        values(level, alertId).values().forEach(value -> {
            if (value.field().equals("custom_fields")) {
                fields.add(value.value());
            } else {
                issue.put(value.field(), value.value());
            }
        });
        return issue;
    }

    private List<String> errors(Map<String, Object> issue) {
        Answer answer = redmine.askForCreation(issue);
        List<String> errors = new ArrayList<>();
        answer.at("/errors").forEach(error -> errors.add(error.asText()));
        if (answer.status() != 422 || errors.isEmpty()) {
            throw new NotAnsweredException(answer);
        }
        return errors;
    }
}
