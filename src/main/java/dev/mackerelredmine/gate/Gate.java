package dev.mackerelredmine.gate;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * Who may post, and how much. It stands before the routes, which see a request only when its body has been read: who is refused
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

    /** What the sender still sends is not read: the connection ends with the answer. */
    private void refuse(RoutingContext request, Refusal refusal) {
        log.say(refusal);
        request.response()
                .setStatusCode(refusal.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Connection", "close");
        refusal.headers().forEach(request.response()::putHeader);
        request.response()
                .end(new JsonObject()
                        .put("title", refusal.title())
                        .put("status", refusal.status())
                        .put("detail", refusal.detail())
                        .encode());
    }
}
