package dev.mackerelredmine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.camel.RouteFolder;
import dev.mackerelredmine.camel.StepFailures;
import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.store.LeftAlone;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.Decision;
import dev.mackerelredmine.ticket.Lifecycle;
import dev.mackerelredmine.ticket.ProblemKey;
import dev.mackerelredmine.ticket.TicketAction;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.ticket.write.TicketWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.MessageHistory;
import org.apache.camel.NamedNode;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.model.SetVariableDefinition;

/** Puts into words what was decided, step by step, by the routes themselves. */
final class Explanation {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final CamelContext camelContext;
    private final Settings settings;
    private final Lifecycle lifecycle;
    private final TicketWriter writer;
    private final StringBuilder text = new StringBuilder();
    private boolean policyFails;

    Explanation(CamelContext camelContext, Settings settings, Lifecycle lifecycle, TicketWriter writer) {
        this.camelContext = camelContext;
        this.settings = settings;
        this.lifecycle = lifecycle;
        this.writer = writer;
    }

    /** Whether a step of the policy failed, so that nothing could be decided. */
    boolean policyFails() {
        return policyFails;
    }

    /** A notification that is no alert. */
    String ofOther(Notification notification) {
        title("Read");
        line("event", notification.event().isEmpty() ? "none" : notification.event());
        line("comes to", "kept for the record; only alerts and groups of alerts get tickets");
        return text.toString();
    }

    /** An alert's notification, which is the last of what is to be told. */
    String ofNotification(Notification notification, AlertHistory history) {
        read(notification, history);
        decided(history);
        return text.toString();
    }

    private String parked(AlertRecord alert) {
        return alert.parkedUntil() == null
                ? alert.parked()
                : alert.parked() + " (one of those that are parked for this is tried at "
                        + time(Instant.ofEpochMilli(alert.parkedUntil())) + ")";
    }

    /** An alert of the store. */
    String ofAlert(AlertRecord alert) {
        text.setLength(0);
        title("Alert " + alert.key());
        line("problem", alert.problem());
        line("seen", alert.fromPreview() ? "during a preview, so it has no ticket in Redmine" : null);
        line("ticket", ticket(alert.untold()));
        line("people", people(alert.people()));
        line("parked", parked(alert));
        line("waits", alert.failure());
        title("What came in, and what was done (times of " + settings.zone() + ")");
        history(alert);
        title("What is next");
        decided(alert.untold());
        return text.toString();
    }

    private String people(WhoIsOnIt people) {
        if (people.closed() != null) {
            return people.closed().by().name() + " closed it ("
                    + time(people.closed().time()) + ")";
        }
        if (people.hasSomebody()) {
            return people.acknowledged().by().name() + " is on it since "
                    + time(people.acknowledged().time()) + " ("
                    + people.acknowledged().how() + ")";
        }
        if (people.handOver() != null) {
            return "nobody: " + people.handOver().by().name() + " gave it to "
                    + people.handOver().to().name() + " ("
                    + time(people.handOver().time())
                    + "), who has not answered";
        }
        return people.ended() == null
                ? null
                : "nobody since " + time(people.ended().time());
    }

    private void read(Notification notification, AlertHistory history) {
        Alert alert = notification.alert();
        title("Read");
        line("event", notification.event());
        line("alert", history.key() + ", " + alert.status() + (alert.isOpen() ? ", open" : ", over"));
        line("monitor", alert.monitorName());
        line("host", notification.alarmHost());
        line("message", notification.message());
        line("problem", ProblemKey.of(notification).toString().strip().replaceAll("\\n+", " / "));
        line("ticket", ticket(history));
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
            line("policy", "fails, so the alert waits: " + StepFailures.said(worked, worked.getException(), "explain"));
            return;
        }
        Policy policy = worked.getVariable("policy", Policy.class);
        TicketAction action = worked.getVariable("action", TicketAction.class);
        policySteps(worked);
        decided(writer.settled(history, policy));
        line("Redmine", redmine(worked));
        switch (action) {
            case CREATE -> created(history, policy, worked);
            case SHOW -> shown(history, policy, worked);
            case LOOK_UP ->
                line("next", "look-up: a creation of unknown outcome is looked for in Redmine, by marker and alert id");
            case ADOPT ->
                line("next", "adopt: its ticket is looked for in Redmine, because nothing is known of its opening");
            case ATTACH -> line("next", "attach: its graph is attached");
            default -> line("next", action + ": " + nothing(history, policy));
        }
    }

    private void decided(Policy settled) {
        title("Decided");
        line("project", settled.project());
        line("tracker", settled.tracker());
        line("status", settled.status());
        line("priority", settled.priority());
        line("assignee", settled.assignee());
        line("category", settled.category());
        line("watchers", String.join(", ", settled.watchers()));
        line("due date", settled.dueDate());
        line("skip", settled.skip());
    }

    private String redmine(Exchange worked) {
        if (settings.isPreview()) {
            return "none is set: names stay names, and nothing is known of what it shows";
        }
        String unanswered = worked.getVariable("unanswered", String.class);
        return unanswered == null ? "answers" : "does not answer, so names stay names: " + unanswered;
    }

    private String nothing(AlertHistory history, Policy policy) {
        return history.last() == 0
                ? "all that came in is told"
                : lifecycle.nothing(history, policy).why();
    }

    private void created(AlertHistory history, Policy policy, Exchange worked) {
        boolean closes = worked.getVariable("closes", Boolean.class);
        var issue = writer.creation(history, policy, closes, null).issue();
        line("next", "create" + (closes ? ", closed, because it is over" : ""));
        line("request", "POST /projects/" + issue.project() + "/issues.json");
        title("The ticket's text");
        text.append(issue.subject()).append("\n\n").append(issue.description()).append('\n');
        title("The ticket as JSON");
        text.append(json(issue)).append('\n');
    }

    private void shown(AlertHistory history, Policy policy, Exchange worked) {
        Issue seen = worked.getVariable("seen", Issue.class);
        Decision decision = worked.getVariable("decision", Decision.class);
        long issue = history.shownTicket().issue();
        if (decision == null) {
            line("next", "show: it depends on what Redmine shows of #" + issue);
            return;
        }
        line("why", decision.why());
        line("next", decision.action() + (decision.writes() ? "" : ": nothing is written"));
        if (decision.action() == TicketAction.CREATE) {
            created(history, policy, worked);
        } else if (decision.writes()) {
            var update = writer.update(history, decision, policy, seen, null).issue();
            line("request", "PUT /issues/" + issue + ".json");
            title("The note's text");
            text.append(update.notes()).append('\n');
            title("The change as JSON");
            text.append(json(update)).append('\n');
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
        title("Policy: " + RouteFolder.shown("routes/policy.camel.yaml"));
        List<?> taken = worked.getProperty(Exchange.MESSAGE_HISTORY, List.of(), List.class);
        taken.stream()
                .map(MessageHistory.class::cast)
                .filter(step -> "policy".equals(step.getRouteId()))
                .forEach(step -> line("", label(step.getNode())));
    }

    private static String label(NamedNode step) {
        return step instanceof SetVariableDefinition sets
                ? sets.getName() + " = " + sets.getExpression()
                : step.getLabel();
    }

    private void history(AlertRecord alert) {
        List<AlertRecord.Step> steps = alert.steps();
        int next = 0;
        for (Change event : alert.events()) {
            while (next < steps.size() && !steps.get(next).time().isAfter(event.receivedAt())) {
                step(steps.get(next++));
            }
            event(event);
        }
        while (next < steps.size()) {
            step(steps.get(next++));
        }
    }

    private void event(Change event) {
        Notification notification = event.notification();
        String what = notification.alert() == null
                ? notification.event()
                : notification.alert().status() + " since " + time(event.at());
        if (event.isFound()) {
            what = "found by asking Mackerel, no webhook told it: " + what;
        }
        line(time(event.receivedAt()), what + ": " + Objects.requireNonNullElse(notification.message(), ""));
    }

    /** An alert of which nothing was kept, because it is not sent to our channel. */
    static String leftAlone(List<LeftAlone> alerts) {
        return alerts.stream()
                .map(alert -> "Alert " + alert.org() + "/" + alert.alertKey() + " is " + alert.status()
                        + " at Mackerel, and gets no ticket: " + alert.why() + ".\n")
                .collect(Collectors.joining());
    }

    private void step(AlertRecord.Step step) {
        line(
                time(step.time()),
                "  -> " + step.action() + (step.issue() == null ? "" : " #" + step.issue()) + ": " + step.why());
    }

    private String time(Instant time) {
        return TIME.withZone(settings.zone()).format(time);
    }

    private void title(String title) {
        text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
    }

    private void line(String name, String value) {
        if (value != null && !value.isBlank()) {
            text.append(String.format("  %-9s %s%n", name, value.strip()));
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts can be written as JSON", e);
        }
    }
}
