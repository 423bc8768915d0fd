package dev.mackerelredmine.gate;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Has only as many posts read at a time as there is memory for. A post stands in memory several times over until it is kept (as bytes, as
 * text, as JSON), and many large ones at once would fill it. The others wait unread for a while; then they are answered with 503.
 */
public final class BodiesInMemory implements Handler<RoutingContext> {

    /** So much of the memory may be bodies, which are held about eight times over. */
    private static final int PART_OF_MEMORY = 32;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Refusal TOO_MUCH = new Refusal(
            503,
            "Too much at once",
            "There is no memory for more posts just now. This one was not taken.",
            Map.of("Retry-After", "5"),
            "Give Java more memory (-Xmx) if this is said often.");

    private final Gate gate;
    private final long mostBytes;
    private final long largestBody;
    private final Duration longestWait;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private long bytes;

    /** A post that is not read yet. */
    private record Waiting(RoutingContext context, long length, Context thread) {}

    /** @param largestBody in bytes: so much is read in any case, and so much is counted for a post that does not say how long it is */
    public BodiesInMemory(Gate gate, long largestBody) {
        this(gate, largestBody, Runtime.getRuntime().maxMemory() / PART_OF_MEMORY, LONGEST_WAIT);
    }

    BodiesInMemory(Gate gate, long largestBody, long mostBytes, Duration longestWait) {
        this.gate = gate;
        this.largestBody = largestBody;
        this.mostBytes = Math.max(mostBytes, largestBody);
        this.longestWait = longestWait;
    }

    @Override
    public void handle(RoutingContext context) {
        Waiting post =
                new Waiting(context, length(context.request()), context.vertx().getOrCreateContext());
        if (isLetIn(post)) {
            read(post);
            return;
        }
        context.request().pause();
        context.vertx().setTimer(longestWait.toMillis(), now -> giveUp(post));
    }

    /** In the order in which they came: else a large one would wait for ever. */
    private synchronized boolean isLetIn(Waiting post) {
        if (!waiting.isEmpty() || bytes + post.length() > mostBytes) {
            waiting.add(post);
            return false;
        }
        bytes += post.length();
        return true;
    }

    private void read(Waiting post) {
        post.context().addEndHandler(answered -> free(post.length()));
        post.context().request().resume();
        post.context().next();
    }

    private void free(long length) {
        List<Waiting> next = new ArrayList<>();
        synchronized (this) {
            bytes -= length;
            while (!waiting.isEmpty() && bytes + waiting.peek().length() <= mostBytes) {
                bytes += waiting.peek().length();
                next.add(waiting.remove());
            }
        }
        next.forEach(post -> post.thread().runOnContext(now -> read(post)));
    }

    private void giveUp(Waiting post) {
        boolean isWaiting;
        synchronized (this) {
            isWaiting = waiting.remove(post);
        }
        if (isWaiting) {
            post.context().request().resume();
            gate.refuse(post.context(), TOO_MUCH);
        }
    }

    /** What is too large is refused before it is read. */
    private long length(HttpServerRequest request) {
        String said = request.getHeader("Content-Length");
        boolean isNumber = said != null && said.matches("\\d{1,15}");
        return isNumber ? Math.min(Long.parseLong(said), largestBody) : largestBody;
    }
}
