package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Makes one ticket that says that it is a test, finds it, changes it, writes a note and closes it, and looks after each step at what
 * Redmine did: it says 201 and 204 also to what it drops. What only a ticket shows is known from then on.
 */
final class TestTicket {

    private static final String MADE = "test ticket: made";
    private static final String FOUND = "test ticket: found";
    private static final String CHANGED = "test ticket: changed";
    private static final String NOTED = "test ticket: noted";
    private static final String CLOSED = "test ticket: closed";

    private static final String SUBJECT = "Test ticket of mackerel-redmine (テスト用のチケット)";
    private static final String DESCRIPTION =
            "`mackerel-redmine check --ticket` made this ticket, and closes it. No alert is behind it.\n\n"
                    + "このチケットは `mackerel-redmine check --ticket` が作成したもので、自動的に終了します。アラートではありません。\n\n";

    private final Wanted wanted;
    private final Redmine redmine;
    private final CreationLines creation;

    /** By which the ticket is found again, as an alert's is by its id. */
    private final String id = "test-" + UUID.randomUUID().toString().substring(0, 8);

    /** As Redmine last showed it. */
    private JsonNode ticket = MissingNode.getInstance();

    TestTicket(Wanted wanted, Redmine redmine) {
        this.wanted = wanted;
        this.redmine = redmine;
        this.creation = new CreationLines(wanted, redmine);
    }

    /** Each needs the one before it. */
    List<Line> lines() {
        return List.of(
                new Line(MADE, this::made),
                new Line(FOUND, this::found),
                new Line(CHANGED, this::changed),
                new Line(NOTED, this::noted),
                new Line(CLOSED, this::closed));
    }

    private Finding made() {
        Map<String, Object> issue = creation.issue("warning", SUBJECT, id);
        issue.put("description", DESCRIPTION + id);
        Instant sent = Instant.now();
        Answer answer = redmine.create(issue);
        if (!answer.isGood()) {
            return Finding.wrong(MADE, answer.failure(), "Look at the lines about a new ticket and the role");
        }
        ticket = redmine.ticket(answer.at("/issue/id").asLong());
        Finding clock = clock(sent);
        if (clock.isWrong()) {
            return clock;
        }
        List<String> dropped = dropped(issue);
        return dropped.isEmpty()
                ? Finding.ok(MADE, name() + " has all that was sent")
                : Finding.wrong(
                        MADE, name() + " is without what was sent: " + String.join(", ", dropped), why(dropped));
    }

    private Finding clock(Instant sent) {
        try {
            Instant created = Instant.parse(ticket.path("created_on").asText());
            return ClockLines.compared(MADE, Clocks.ahead(created, sent, Instant.now()));
        } catch (DateTimeException e) {
            return Finding.ok(MADE, "shows no time");
        }
    }

    private List<String> dropped(Map<String, Object> issue) {
        List<String> dropped = new ArrayList<>();
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("tracker_id", "/tracker/id");
        shown.put("status_id", "/status/id");
        shown.put("priority_id", "/priority/id");
        shown.put("assigned_to_id", "/assigned_to/id");
        shown.put("subject", "/subject");
        shown.forEach((sent, pointer) -> {
            if (issue.containsKey(sent)
                    && !issue.get(sent).toString().equals(ticket.at(pointer).asText())) {
                dropped.add(sent.replace("_id", ""));
            }
        });
        if (!ticket.path("description").asText().contains(id)) {
            dropped.add("description");
        }
        for (Object each : (List<?>) issue.get("custom_fields")) {
            Map<?, ?> field = (Map<?, ?>) each;
            Optional<JsonNode> there = Listing.of(ticket.path("custom_fields"))
                    .find(field.get("id").toString());
            if (there.filter(it -> field.get("value")
                            .toString()
                            .equals(it.path("value").asText()))
                    .isEmpty()) {
                dropped.add("custom field " + field.get("id"));
            }
        }
        return dropped;
    }

    private String why(List<String> dropped) {
        return dropped.contains("tracker")
                ? "Give the bot user's role the permission \"Add issues\" for tracker "
                        + redmine.tracker().path("name").asText() + " (Administration, Roles and permissions)"
                : "Let the workflow not make these fields read-only (Administration, Workflow, Fields permissions), and let"
                        + " the tracker have them (Administration, Trackers)";
    }

    private Finding found() {
        long number = number();
        if (redmine.findTicket(id).stream().anyMatch(issue -> issue.path("id").asLong() == number)) {
            return Finding.ok(FOUND, "by " + (hasField() ? "its description or its field" : "its description"));
        }
        return Finding.wrong(
                FOUND,
                "a search for " + id + " does not find it, so a creation of unknown outcome could make a second ticket",
                "Set redmine.custom-field.alert-id to a field that is a filter, or let tickets of this tracker have a description");
    }

    private boolean hasField() {
        return wanted.value(Wanted.ALERT_ID_FIELD).isPresent();
    }

    private Finding changed() {
        String subject = SUBJECT + " " + id;
        Answer answer = write(Map.of("subject", subject));
        if (!answer.isDone()) {
            return Finding.wrong(CHANGED, answer.failure(), "See Redmine's log/production.log");
        }
        return ticket.path("subject").asText().equals(subject)
                ? Finding.ok(CHANGED, "its subject")
                : Finding.wrong(CHANGED, "Redmine answered 204 (OK), but changed nothing", permission("Edit issues"));
    }

    private Finding noted() {
        String note = "Note of a test (テストのコメント) " + id;
        Answer answer = write(Map.of("notes", note));
        if (!answer.isDone()) {
            return Finding.wrong(NOTED, answer.failure(), "See Redmine's log/production.log");
        }
        boolean isThere = StreamSupport.stream(ticket.path("journals").spliterator(), false)
                .anyMatch(journal -> journal.path("notes").asText().equals(note));
        return isThere
                ? Finding.ok(NOTED, "its note is there")
                : Finding.wrong(NOTED, "Redmine answered 204 (OK), but wrote no note", permission("Add notes"));
    }

    private Finding closed() {
        long number = number();
        Optional<JsonNode> status = closedStatus();
        if (status.isEmpty()) {
            return Finding.wrong(
                    CLOSED,
                    "the workflow lets " + name() + " become: "
                            + Listing.of(ticket.path("allowed_statuses")).names(),
                    "Allow a closed status to the bot user's role and this tracker (Administration, Workflow, Status transitions). Close #"
                            + number + " by hand");
        }
        String wish = status.get().path("name").asText();
        Answer answer = write(Map.of("status_id", status.get().path("id").asLong()));
        if (!answer.isDone()) {
            return Finding.wrong(
                    CLOSED,
                    "as " + wish + ": " + answer.failure(),
                    "See Redmine's log/production.log. Close #" + number + " by hand");
        }
        return ticket.at("/status/id").equals(status.get().path("id"))
                ? Finding.ok(CLOSED, name() + " is " + wish)
                : Finding.wrong(
                        CLOSED,
                        "Redmine answered 204 (OK), but " + name() + " is "
                                + ticket.at("/status/name").asText(),
                        permission("Edit issues") + ", and look at the workflow. Close #" + number + " by hand");
    }

    /** The one that is set, or else the first that the workflow allows; where Redmine does not tell what it allows, the first that there is. */
    private Optional<JsonNode> closedStatus() {
        if (wanted.value(Wanted.CLOSED_STATUS).isPresent()) {
            return Optional.of(redmine.statusOrTrackersOwn(Wanted.CLOSED_STATUS));
        }
        JsonNode allowed = ticket.path("allowed_statuses");
        Listing statuses = allowed.isArray() ? Listing.of(allowed) : redmine.statuses();
        return statuses.entries().stream()
                .filter(status -> status.path("is_closed").asBoolean())
                .findFirst();
    }

    private Answer write(Map<String, Object> change) {
        long number = number();
        Answer answer = redmine.change(number, change);
        ticket = redmine.ticket(number);
        return answer;
    }

    private long number() {
        if (ticket.isMissingNode()) {
            throw new NotKnownException(MADE);
        }
        return ticket.path("id").asLong();
    }

    private String name() {
        return "#" + ticket.path("id").asText() + " (" + wanted.address() + "/issues/"
                + ticket.path("id").asText() + ")";
    }

    private String permission(String permission) {
        return "Give the bot user's role the permission \"" + permission + "\" for tracker "
                + ticket.at("/tracker/name").asText() + " (Administration, Roles and permissions)";
    }
}
