package dev.mackerelredmine.webhook.gate;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** One question that the gate asks of a request, by its peer and its headers; the body has not been read yet. */
@FunctionalInterface
public interface Check {

    /** Empty: let in. Runs on the server's event loop, and waits for nothing. */
    Optional<Refusal> refuses(HttpServerRequest request);
}
