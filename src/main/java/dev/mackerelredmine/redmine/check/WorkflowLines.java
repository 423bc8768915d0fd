package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which changes the role and the workflow allow. Redmine shows that on a ticket only, and leaves out without a word what it does not
 * allow. Whether tickets of this tracker may be changed at all it is asked with a change that cannot succeed: without a subject, and of a
 * version that the ticket never had. Who may change it is refused; who may not gets 204, and the ticket only a new time of change.
 */
final class WorkflowLines {

    private static final String CHANGING = "changing a ticket";
    private static final String CLOSING = "closing a ticket";
    private static final String REOPENING = "reopening a ticket";

    private static final String UNSEEN = "is checked with the first ticket, or with check --ticket";

    private final Wanted wanted;
    private final Redmine redmine;

    WorkflowLines(Wanted wanted, Redmine redmine) {
        this.wanted = wanted;
        this.redmine = redmine;
    }

    List<Line> lines() {
        return List.of(new Line(CHANGING, this::changing), new Line(CLOSING, this::closing), reopeningLine());
    }

    /** What a ticket that was changed and closed does not show. */
    List<Line> linesAfterATicket() {
        return List.of(reopeningLine());
    }

    private Line reopeningLine() {
        return new Line(REOPENING, this::reopening);
    }

    private Finding changing() {
        Optional<JsonNode> ours = Stream.of("o", "c")
                .flatMap(status -> redmine.newestTicket(status).stream())
                .filter(ticket -> ticket.at("/author/id").equals(redmine.user().path("id")))
                .findFirst();
        if (ours.isEmpty()) {
            return Finding.note(CHANGING, UNSEEN);
        }
        long id = ours.get().path("id").asLong();
        Answer answer = redmine.askForChange(id);
        if (answer.status() == 422) {
            return Finding.ok(CHANGING, "the role may change ticket #" + id);
        }
        if (!answer.isDone()) {
            throw new NotAnsweredException(answer);
        }
        return Finding.wrong(
                CHANGING,
                "Redmine answers 204 (OK), but does not change ticket #" + id,
                "Give the bot user's role the permission \"Edit issues\" for tracker "
                        + redmine.tracker().path("name").asText() + " (Administration, Roles and permissions)");
    }

    private Finding closing() {
        JsonNode fresh = redmine.statusOrTrackersOwn(Wanted.STATUS);
        Predicate<JsonNode> enough = wanted.value(Wanted.CLOSED_STATUS).isPresent()
                ? is(redmine.statusOrTrackersOwn(Wanted.CLOSED_STATUS))
                : status -> status.path("is_closed").asBoolean();
        return change(CLOSING, redmine.newestTicket(fresh.path("id").asText()), enough);
    }

    private Finding reopening() {
        return change(REOPENING, redmine.newestTicket("c"), is(redmine.statusOrTrackersOwn(Wanted.REOPENED_STATUS)));
    }

    private static Predicate<JsonNode> is(JsonNode wanted) {
        return status -> status.path("id").equals(wanted.path("id"));
    }

    private static Finding change(String subject, Optional<JsonNode> ticket, Predicate<JsonNode> enough) {
        if (ticket.isEmpty()) {
            return Finding.note(subject, UNSEEN);
        }
        JsonNode allowed = ticket.get().path("allowed_statuses");
        if (!allowed.isArray()) {
            return Finding.note(subject, "a Redmine older than 5.0 does not tell whether the workflow allows it");
        }
        Listing statuses = Listing.of(allowed);
        String from = "ticket #" + ticket.get().path("id") + " ("
                + ticket.get().at("/status/name").asText() + ")";
        Optional<JsonNode> to = statuses.entries().stream().filter(enough).findFirst();
        return to.map(status -> Finding.ok(
                        subject, from + " may become " + status.path("name").asText()))
                .orElseGet(() -> Finding.wrong(
                        subject,
                        from + " may become: " + statuses.names(),
                        "Allow it to the bot user's role and this tracker (Administration, Workflow, Status transitions). If a blocking ticket or an"
                                + " open subtask is the reason, there is nothing to do"));
    }
}
