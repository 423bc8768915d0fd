package dev.mackerelredmine.gate;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets in only as many posts at a time as there is memory for. A post stands in memory several times over until it is kept (as bytes, as
 * text, as JSON), and many large ones at once would fill it. What is not taken is answered with 503.
 */
public final class BodiesInMemory implements Handler<RoutingContext> {

    /** So much of the memory may be bodies, which are held about eight times over. */
    private static final int PART_OF_MEMORY = 32;

    private static final Refusal TOO_MUCH = new Refusal(
            503,
            "Too much at once",
            "There is no memory for more posts just now. This one was not taken.",
            Map.of("Retry-After", "5"),
            "Give Java more memory (-Xmx) if this is said often.");

    private final Gate gate;
    private final long mostBytes;
    private final long largestBody;
    private final AtomicLong bytes = new AtomicLong();

    /** @param largestBody in bytes: so much is let in in any case, and so much is counted for a post that does not say how long it is */
    public BodiesInMemory(Gate gate, long largestBody) {
        this(gate, largestBody, Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
    }

    BodiesInMemory(Gate gate, long largestBody, long mostBytes) {
        this.gate = gate;
        this.largestBody = largestBody;
        this.mostBytes = Math.max(mostBytes, largestBody);
    }

    @Override
    public void handle(RoutingContext context) {
        long length = length(context.request());
        if (bytes.addAndGet(length) > mostBytes) {
            bytes.addAndGet(-length);
            gate.refuse(context, TOO_MUCH);
            return;
        }
        context.addEndHandler(answered -> bytes.addAndGet(-length));
        context.next();
    }

    /** What is too large is refused before it is read. */
    private long length(HttpServerRequest request) {
        String said = request.getHeader("Content-Length");
        boolean isNumber = said != null && said.matches("\\d{1,15}");
        return isNumber ? Math.min(Long.parseLong(said), largestBody) : largestBody;
    }
}
