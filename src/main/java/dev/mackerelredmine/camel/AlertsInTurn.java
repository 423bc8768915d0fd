package dev.mackerelredmine.camel;

import dev.mackerelredmine.store.Deliveries;
import dev.mackerelredmine.store.Problem;
import dev.mackerelredmine.ticket.AlertHistory;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.Exchange;

/**
 * For the loop over the alerts of a claimed problem. Each pass begins with the variables {@code problem}, {@code alert}, {@code history},
 * {@code alertKey} and {@code channel}, and without what an earlier pass has left.
 */
public final class AlertsInTurn {

    private static final String PROBLEM = "problem";
    private static final String ALERT = "alert";
    private static final String AGAIN = "again";
    private static final String WAITING = "waitingAlerts";

    private final Deliveries deliveries;

    public AlertsInTurn(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** Leaves in {@code alert} the same alert where {@code again} is set, else the next one, or null after the last. */
    public void next(Exchange exchange) {
        Problem problem = exchange.getVariable(PROBLEM, Problem.class);
        Deque<?> waiting = exchange.getVariable(WAITING, Deque.class);
        if (waiting == null) {
            waiting = problem == null ? new ArrayDeque<>() : new ArrayDeque<>(deliveries.undelivered(problem));
        }
        boolean again = exchange.getVariable(AGAIN, false, boolean.class);
        Object alert = again ? exchange.getVariable(ALERT) : waiting.poll();
        forget(exchange);
        exchange.setVariable(PROBLEM, problem);
        exchange.setVariable(WAITING, waiting);
        if (alert != null) {
            AlertHistory history = deliveries.history(problem, (Long) alert);
            exchange.setVariable(ALERT, alert);
            exchange.setVariable("history", history);
            exchange.setVariable("alertKey", history.key());
            exchange.setVariable("channel", history.channel());
        }
    }

    /** The steps taken, too: a problem may have many alerts. */
    private static void forget(Exchange exchange) {
        exchange.removeVariable("*");
        exchange.removeProperty(Exchange.MESSAGE_HISTORY);
        ThrowAgain.handleErrorsAfresh(exchange);
    }
}
