package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The custom fields. Who is no administrator cannot list them: a field is seen on a ticket of the project and the tracker, in the
 * project, or as a filter.
 */
final class FieldLines {

    private final Wanted wanted;
    private final Redmine redmine;

    FieldLines(Wanted wanted, Redmine redmine) {
        this.wanted = wanted;
        this.redmine = redmine;
    }

    List<Line> lines() {
        return wanted.names("redmine.custom-field.").stream()
                .map(setting -> new Line(setting, () -> field(setting)))
                .toList();
    }

    private Finding field(String setting) {
        boolean isAlertId = Wanted.ALERT_ID_FIELD.equals(setting);
        return wanted.value(setting)
                .map(number -> field(setting, number, isAlertId))
                .orElseGet(() -> isAlertId ? withoutAlertId(setting) : Finding.ok(setting, "not set"));
    }

    private Finding withoutAlertId(String setting) {
        JsonNode fields = redmine.tracker().path("enabled_standard_fields");
        boolean hasDescription = !fields.isArray()
                || StreamSupport.stream(fields.spliterator(), false)
                        .anyMatch(field -> "description".equals(field.asText()));
        return hasDescription
                ? Finding.note(setting, "not set: a ticket is found by the marker in its description alone")
                : Finding.wrong(
                        setting,
                        "not set, and tickets of tracker "
                                + redmine.tracker().path("name").asText()
                                + " have no description: no ticket can be found again",
                        "Set a custom field, or let the tracker have a description (Administration, Trackers)");
    }

    private Finding field(String setting, String number, boolean isAlertId) {
        Answer filter = redmine.askForFieldAsFilter(number);
        boolean isFilter = filter.status() == 422;
        Optional<JsonNode> ticket = ticket();
        Optional<JsonNode> shown = ticket.flatMap(it -> find(it.path("custom_fields"), number));
        if (ticket.isPresent() && shown.isEmpty()) {
            return Finding.wrong(
                    setting,
                    "ticket #" + ticket.get().path("id") + " has no field " + number,
                    "Enable the field for the project and the tracker, and let the role see it (Administration, Custom fields)");
        }
        Optional<JsonNode> known = shown.or(() -> find(redmine.project().path("issue_custom_fields"), number));
        if (isAlertId && !isFilter) {
            return Finding.wrong(
                    setting,
                    known.map(FieldLines::name).orElse(number) + " is no filter of the project's tickets",
                    "Tick \"Used as a filter\" (Administration, Custom fields)"
                            + (known.isPresent() ? "" : ", and enable it for the project"));
        }
        if (known.isPresent() || isFilter) {
            return Finding.ok(setting, known.map(FieldLines::name).orElseGet(() -> nameIn(filter, number)));
        }
        return Finding.note(setting, "field " + number + " is checked with the first ticket, or with check --ticket");
    }

    /** Any of the project and the tracker does. */
    private Optional<JsonNode> ticket() {
        return Stream.of("o", "c")
                .flatMap(status -> redmine.newestTicket(status).stream())
                .findFirst();
    }

    private static Optional<JsonNode> find(JsonNode fields, String number) {
        return Listing.of(fields).find(number);
    }

    private static String name(JsonNode field) {
        return field.path("name").asText() + " (" + field.path("id").asText() + ")";
    }

    /** Redmine names the field in the language of the key's user: in English and Japanese it stands before these words. */
    private static String nameIn(Answer filter, String number) {
        return filter.at("/errors/0").asText().replaceAll("( cannot be blank| ?を入力してください)$", "") + " (" + number + ")";
    }
}
