package dev.mackerelredmine;

import dev.mackerelredmine.ticket.Policy;
import org.apache.camel.Exchange;

/** Reads what policy.camel.yaml decided out of the variables that it set. */
public final class PolicyVariables {

    public Policy read(Exchange exchange) {
        return new Policy(
                variable(exchange, "project"),
                variable(exchange, "tracker"),
                variable(exchange, "status"),
                variable(exchange, "priority"),
                variable(exchange, "assignee"),
                variable(exchange, "skip"));
    }

    private static String variable(Exchange exchange, String name) {
        return exchange.getVariable("ticket." + name, String.class);
    }
}
