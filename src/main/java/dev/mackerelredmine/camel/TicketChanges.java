package dev.mackerelredmine.camel;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.store.PendingAction;
import dev.mackerelredmine.store.PendingAction.Person;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.TicketChange;
import dev.mackerelredmine.ticket.TicketChange.ChangedTicket;
import dev.mackerelredmine.ticket.TicketState.Names;
import dev.mackerelredmine.ticket.text.TicketText;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/** Makes what ticket-changed.camel.yaml gets, and knows whether that file has a step for which actions are to be queued. */
public final class TicketChanges {

    private static final NotificationReader READER = new NotificationReader();

    private static final Person NOBODY = new Person(0, null, null);

    private final String redmine;
    private final TicketText text;
    private final CamelContext camelContext;

    /** @param redmine its address, without a slash at its end */
    public TicketChanges(String redmine, TicketText text, CamelContext camelContext) {
        this.redmine = redmine;
        this.text = text;
        this.camelContext = camelContext;
    }

    /** Whether the route ticket-changed is loaded, and has a step besides log steps of level DEBUG. */
    public boolean areWanted() {
        return areWanted(camelContext);
    }

    public static boolean areWanted(CamelContext camelContext) {
        Model model = camelContext.getCamelContextExtension().getContextPlugin(Model.class);
        RouteDefinition route = model.getRouteDefinition("ticket-changed");
        return route != null && route.getOutputs().stream().anyMatch(TicketChanges::doesSomething);
    }

    /** What Camel adds to a route about errors is no step of it. */
    private static boolean doesSomething(ProcessorDefinition<?> step) {
        return !step.isAbstract() && !(step instanceof LogDefinition log && "DEBUG".equals(log.getLoggingLevel()));
    }

    public TicketChange of(PendingAction action) {
        return change(
                action.name(),
                action.kind(),
                ticket(action.issue(), action.names(), assignee(action)),
                Objects.requireNonNullElse(action.person(), NOBODY),
                READER.readKept(action.headline()),
                READER.readKept(action.notification()));
    }

    /** What would be queued if this were no preview. */
    public TicketChange of(AlertHistory history, String done, long issue, Names names) {
        String action = history.isIncident() ? TicketChange.ofIncident(done) : done;
        return change(
                PendingAction.nameOf(history.key(), action, history.last()),
                action,
                ticket(issue, names, names.assignee()),
                NOBODY,
                history.headline(),
                history.newest().notification());
    }

    /** What a person did since is known better than what we wrote. */
    private static String assignee(PendingAction action) {
        if (action.person() == null) {
            return action.names().assignee();
        }
        if (action.person().givenTo() != null) {
            return action.person().givenTo();
        }
        Act taken = action.onIt().acknowledged();
        return taken != null && taken.how() == How.ASSIGNEE
                ? taken.by().name()
                : action.names().assignee();
    }

    private ChangedTicket ticket(long issue, Names names, String assignee) {
        return new ChangedTicket(issue, redmine + "/issues/" + issue, names.subject(), names.status(), assignee);
    }

    private TicketChange change(
            String id,
            String action,
            ChangedTicket ticket,
            Person person,
            Notification headline,
            Notification notification) {
        // What happened to the host has no status and no monitor.
        Notification said = notification.alert() == null ? headline : notification;
        return new TicketChange(
                id,
                action,
                ticket,
                person.name(),
                person.givenTo(),
                headline.alert().status().toString(),
                notification,
                text.chatMessage(action, said, ticket.number(), ticket.url(), person.name(), person.givenTo()));
    }
}
