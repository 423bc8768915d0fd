package dev.mackerelredmine.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.camel.RouteFolder;
import dev.mackerelredmine.camel.StepFailures;
import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Decision;
import dev.mackerelredmine.ticket.Lifecycle;
import dev.mackerelredmine.ticket.NextStep;
import dev.mackerelredmine.ticket.ProblemKey;
import dev.mackerelredmine.ticket.TicketAction;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.ticket.write.TicketWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.MessageHistory;
import org.apache.camel.NamedNode;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.model.SetVariableDefinition;

/** Puts into words what was decided, step by step, by the routes themselves. */
public final class Explanation {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final CamelContext camelContext;
    private final Settings settings;
    private final Lifecycle lifecycle;
    private final TicketWriter writer;
    private final Lines text;
    private boolean policyFails;
    private NewTicket newTicket;

    public Explanation(CamelContext camelContext, Settings settings, Lifecycle lifecycle, TicketWriter writer) {
        this.camelContext = camelContext;
        this.settings = settings;
        this.lifecycle = lifecycle;
        this.writer = writer;
        this.text = new Lines(settings.zone());
    }

    /** Whether a step of the policy failed, so that nothing could be decided. */
    public boolean policyFails() {
        return policyFails;
    }

    /** A notification that is no alert. */
    public String ofOther(Notification notification) {
        text.title("Read");
        text.line("event", notification.event().isEmpty() ? "none" : notification.event());
        text.line("comes to", "kept for the record; only alerts and groups of alerts get tickets");
        return text.toString();
    }

    /** An alert's notification, which is the newest event that its ticket does not show yet. */
    public String ofNotification(Notification notification, AlertHistory history) {
        read(notification, history);
        decided(history);
        return text.toString();
    }

    /** An alert of the store. */
    public String ofAlert(AlertRecord alert) {
        text.clear();
        text.title("Alert " + alert.key());
        text.line("problem", alert.problem());
        text.line("seen", alert.fromPreview() ? "during a preview, so it has no ticket in Redmine" : null);
        text.line("ticket", ticket(alert.unreported()));
        RecordLines kept = new RecordLines(text);
        kept.state(alert);
        text.title("What came in, and what was done (times of " + settings.zone() + ")");
        kept.history(alert);
        alert.escalations().forEach(new EscalationLines(text)::show);
        text.title("What is next");
        next(alert);
        return text.toString();
    }

    /** What would be done now for what an alert's ticket does not show yet. */
    public String ofNext(AlertRecord alert) {
        next(alert);
        return text.toString();
    }

    private void next(AlertRecord alert) {
        if (alert.parked() != null) {
            text.line("parked", alert.parked());
            text.line("", "What follows is tried again, in vain until that is corrected.");
        }
        decided(alert.unreported());
    }

    /** The ticket that would be created; empty where none would, and before anything was explained. */
    public Optional<NewTicket> newTicket() {
        return Optional.ofNullable(newTicket);
    }

    /**
     * A ticket before it is one.
     *
     * @param settled its fields by their names
     */
    public record NewTicket(NewIssue issue, Policy settled) {}

    private void read(Notification notification, AlertHistory history) {
        Alert alert = notification.alert();
        text.title("Read");
        text.line("event", notification.event());
        text.line("alert", history.key() + ", " + alert.status() + (alert.isOpen() ? ", open" : ", over"));
        text.line("monitor", alert.monitorName());
        text.line("host", notification.alarmHost());
        text.line("message", notification.message());
        text.line("problem", ProblemKey.of(notification).toString().strip().replaceAll("\\n+", " / "));
        text.line("ticket", ticket(history));
    }

    private static String ticket(AlertHistory history) {
        if (history.ticket().issue() != null) {
            return "#" + history.ticket().issue() + (history.ticket().isGone() ? ", which was deleted" : "");
        }
        Long predecessor = history.predecessor().issue();
        return predecessor == null ? "none yet" : "none yet; the last one of the same problem is #" + predecessor;
    }

    private void decided(AlertHistory history) {
        Exchange worked = workedOut(history);
        if (worked.getException() != null) {
            policyFails = true;
            text.line(
                    "policy",
                    "fails, so the alert waits: " + StepFailures.said(worked, worked.getException(), "explain"));
            return;
        }
        Policy policy = worked.getVariable("policy", Policy.class);
        NextStep nextStep = worked.getVariable("nextStep", NextStep.class);
        policySteps(worked);
        decided(writer.settled(history, policy));
        text.line("Redmine", redmine(worked));
        switch (nextStep) {
            case CREATE -> created(history, policy, worked);
            case SHOW -> shown(history, policy, worked);
            case LOOK_UP ->
                text.line(
                        "next",
                        "look-up: a creation of unknown outcome is looked for in Redmine, by marker and alert id");
            case ADOPT ->
                text.line(
                        "next", "adopt: its ticket is looked for in Redmine, because nothing is known of its opening");
            case ATTACH -> text.line("next", "attach: its graph is attached");
            case NOTHING -> text.line("next", nextStep + ": " + nothing(history, policy));
        }
    }

    private void decided(Policy settled) {
        text.title("Decided");
        text.line("project", settled.project());
        text.line("tracker", settled.tracker());
        text.line("status", settled.status());
        text.line("priority", settled.priority());
        text.line("assignee", settled.assignee());
        text.line("category", settled.category());
        text.line("watchers", String.join(", ", settled.watchers()));
        text.line("due date", settled.dueDate());
        text.line("escalation", settled.escalation());
        text.line("incident", settled.incident());
        text.line("skip", settled.skip());
    }

    private String redmine(Exchange worked) {
        if (settings.isPreview()) {
            return "none is set: names stay names, and nothing is known of what it shows";
        }
        String failure = worked.getVariable("explainFailure", String.class);
        return failure == null ? "answers" : "does not answer, so names stay names: " + failure;
    }

    private String nothing(AlertHistory history, Policy policy) {
        return history.last() == 0
                ? "its ticket says all that was posted"
                : lifecycle.nothing(history, policy).why();
    }

    private void created(AlertHistory history, Policy policy, Exchange worked) {
        boolean closes = worked.getVariable("closedAtOnce", Boolean.class);
        var issue = writer.creation(history, policy, closes, null).issue();
        newTicket = new NewTicket(issue, writer.settled(history, policy));
        text.line("next", "create" + (closes ? ", closed, because it is over" : ""));
        text.line("request", "POST /projects/" + issue.project() + "/issues.json");
        text.title("The ticket's text");
        text.block(issue.subject() + "\n\n" + issue.description());
        text.title("The ticket as JSON");
        text.block(json(issue));
    }

    private void shown(AlertHistory history, Policy policy, Exchange worked) {
        Issue seen = worked.getVariable("issue", Issue.class);
        Decision decision = worked.getVariable("decision", Decision.class);
        long issue = history.shownTicket().issue();
        if (decision == null) {
            text.line("next", "show: it depends on what Redmine shows of #" + issue);
            return;
        }
        text.line("why", decision.why());
        text.line("next", decision.action() + (decision.writes() ? "" : ": nothing is written"));
        if (decision.action() == TicketAction.CREATE) {
            created(history, policy, worked);
        } else if (decision.writes()) {
            var update = writer.update(history, decision, policy, seen, null).issue();
            text.line("request", "PUT /issues/" + issue + ".json");
            text.title("The note's text");
            text.block(update.notes());
            text.title("The change as JSON");
            text.block(json(update));
        }
    }

    private Exchange workedOut(AlertHistory history) {
        try (ProducerTemplate template = camelContext.createProducerTemplate()) {
            Exchange worked = template.request("direct:explain", exchange -> {
                exchange.setVariable("history", history);
                exchange.getMessage().setBody(history.headline());
            });
            return worked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The steps that were taken in the policy's route, in order. */
    private void policySteps(Exchange worked) {
        text.title("Policy: " + RouteFolder.shown("routes/policy.camel.yaml"));
        List<?> taken = worked.getProperty(Exchange.MESSAGE_HISTORY, List.of(), List.class);
        taken.stream()
                .map(MessageHistory.class::cast)
                .filter(step -> "policy".equals(step.getRouteId()))
                .forEach(step -> text.line("", label(step.getNode())));
    }

    private static String label(NamedNode step) {
        return step instanceof SetVariableDefinition sets
                ? sets.getName() + " = " + sets.getExpression()
                : step.getLabel();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts can be written as JSON", e);
        }
    }
}
