package dev.mackerelredmine.webhook.gate;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends the connections of slow senders: the head of a connection's first request, and each body, have to arrive in time. Otherwise the
 * connection is closed, after a 503 where there is a request to answer. A request that arrived in time may take as long as it needs.
 */
public final class SlowSenders {

    private final Vertx vertx;
    private final Gate gate;
    private final Duration longest;
    private final Refusal refusal;
    private final Set<HttpConnection> silent = ConcurrentHashMap.newKeySet();

    public SlowSenders(Vertx vertx, Gate gate, Duration longest) {
        this.vertx = vertx;
        this.gate = gate;
        this.longest = longest;
        this.refusal = new Refusal(
                503,
                "Too slow",
                "The body took longer than " + longest.toSeconds() + " s, and was not taken.",
                Map.of());
    }

    /** To be called for each connection. */
    public void connected(HttpConnection connection) {
        silent.add(connection);
        connection.closeHandler(closed -> silent.remove(connection));
        vertx.setTimer(longest.toMillis(), late -> {
            if (silent.remove(connection)) {
                connection.close();
            }
        });
    }

    /** To be called for each request, when its head is there. */
    public void begun(RoutingContext context) {
        HttpServerRequest request = context.request();
        silent.remove(request.connection());
        long timer = vertx.setTimer(longest.toMillis(), late -> end(context));
        context.addEndHandler(answered -> {
            if (request.isEnded()) {
                vertx.cancelTimer(timer);
            }
        });
        context.next();
    }

    private void end(RoutingContext context) {
        if (context.request().isEnded()) {
            return;
        }
        if (!context.response().ended()) {
            gate.refuse(context, refusal);
        }
        context.request().connection().close();
    }
}
