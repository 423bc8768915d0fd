package dev.mackerelredmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which changes of status the workflow allows. Redmine shows that on a ticket only, and leaves out without a word what it does not allow. */
final class WorkflowLines {

    private static final String CLOSING = "closing a ticket";
    private static final String REOPENING = "reopening a ticket";

    private final Wanted wanted;
    private final Redmine redmine;

    WorkflowLines(Wanted wanted, Redmine redmine) {
        this.wanted = wanted;
        this.redmine = redmine;
    }

    List<Line> lines() {
        return List.of(new Line(CLOSING, this::closing), new Line(REOPENING, this::reopening));
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
            return Finding.note(subject, "whether the workflow allows it will be seen with the first ticket");
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
                .orElseGet(
                        () -> Finding.wrong(
                                subject,
                                from + " may become: " + statuses.names(),
                                "Allow it to the user's role and this tracker (Administration, Workflow), unless another ticket blocks this one"));
    }
}
