package dev.mackerelredmine;

import dev.mackerelredmine.ticket.Policy;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Takes what policy.camel.yaml decided out of the variables that it set. They are gone then, so that what was decided for one alert is not
 * left over for the next.
 */
public final class PolicyVariables {

    static final List<String> NAMES = List.of(
            "ticket.project",
            "ticket.tracker",
            "ticket.status",
            "ticket.priority",
            "ticket.assignee",
            "ticket.category",
            "ticket.watchers",
            "ticket.dueDate",
            "ticket.skip");

    public Policy read(Exchange exchange) {
        return new Policy(
                taken(exchange, "project"),
                taken(exchange, "tracker"),
                taken(exchange, "status"),
                taken(exchange, "priority"),
                taken(exchange, "assignee"),
                taken(exchange, "category"),
                list(taken(exchange, "watchers")),
                taken(exchange, "dueDate"),
                taken(exchange, "skip"));
    }

    private static String taken(Exchange exchange, String name) {
        String value = exchange.getVariable("ticket." + name, String.class);
        exchange.removeVariable("ticket." + name);
        return value == null ? null : value.strip();
    }

    private static List<String> list(String names) {
        return names == null
                ? List.of()
                : Arrays.stream(names.split(",")).map(String::strip).toList();
    }
}
