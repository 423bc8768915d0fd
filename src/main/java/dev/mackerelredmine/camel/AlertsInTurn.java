package dev.mackerelredmine.camel;

import dev.mackerelredmine.store.Deliveries;
import dev.mackerelredmine.store.Problem;
import dev.mackerelredmine.ticket.AlertHistory;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.Exchange;

/**
 * For the loop over the alerts of a claimed problem. Each pass begins with the variables {@code problem}, {@code waitingAlertIds},
 * {@code alertId}, {@code history}, {@code alertKey} and {@code channel}, and without what an earlier pass has left.
 */
public final class AlertsInTurn {

    private static final String PROBLEM = "problem";
    private static final String ALERT = "alertId";
    private static final String SAME_ALERT = "sameAlert";
    private static final String WAITING = "waitingAlertIds";

    private final Deliveries deliveries;

    public AlertsInTurn(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** Leaves in {@code alertId} the same alert where {@code sameAlert} is set, else the next one, or null after the last. */
    public void next(Exchange exchange) {
        Problem problem = exchange.getVariable(PROBLEM, Problem.class);
        Deque<?> waiting = exchange.getVariable(WAITING, Deque.class);
        if (waiting == null) {
            waiting = problem == null ? new ArrayDeque<>() : new ArrayDeque<>(deliveries.undelivered(problem));
        }
        boolean isSame = exchange.getVariable(SAME_ALERT, false, boolean.class);
        Object alert = isSame ? exchange.getVariable(ALERT) : waiting.poll();
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

    /** Also Camel's history of the steps taken, which would grow with each alert of the problem. */
    private static void forget(Exchange exchange) {
        exchange.removeVariable("*");
        exchange.removeProperty(Exchange.MESSAGE_HISTORY);
        ThrowAgain.handleErrorsAfresh(exchange);
    }
}
