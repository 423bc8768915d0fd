package dev.mackerelredmine.webhook.gate;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * Decides who may post, and how much, before the routes, which get a request only when its body has been read. So a refused request
 * costs no memory. The first check that refuses is answered with application/problem+json (RFC 9457), and logged.
 */
public final class Gate implements Handler<RoutingContext> {

    private final List<Check> checks;
    private final RefusalLog log = new RefusalLog(System::nanoTime);

    /** @param checks in the order in which they are asked */
    public Gate(List<Check> checks) {
        this.checks = checks;
    }

    @Override
    public void handle(RoutingContext request) {
        checks.stream()
                .map(check -> check.refuses(request.request()))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresentOrElse(refusal -> refuse(request, refusal), request::next);
    }

    /** What the sender still sends is discarded. At its end the connection is closed. */
    public void refuse(RoutingContext context, Refusal refusal) {
        log.say(refusal);
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response()
                .setStatusCode(refusal.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Connection", "close");
        refusal.headers().forEach(response::putHeader);
        response.end(new JsonObject()
                .put("title", refusal.title())
                .put("status", refusal.status())
                .put("detail", refusal.detail())
                .encode());
        if (request.isEnded()) {
            request.connection().close();
        } else {
            request.handler(null).endHandler(ended -> request.connection().close());
        }
    }
}
