package dev.mackerelredmine.webhook.gate;

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
 * Lets only as many posts be read at a time as there is memory for. Until it is stored, a post is in memory several times (as bytes, as text,
 * as JSON), and many large ones at once would fill it. The others wait unread for a while; then they are answered with 503.
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
    private final Queue<Post> waiting = new ArrayDeque<>();
    private long bytes;

    /** A request, from its head to the end of its answer; whether its body is counted. All of it under this object's lock. */
    private static final class Post {
        private final RoutingContext context;
        private final long length;
        private final Context thread;
        private boolean isCounted;

        Post(RoutingContext context, long length) {
            this.context = context;
            this.length = length;
            this.thread = context.vertx().getOrCreateContext();
        }

        boolean isOver() {
            return context.response().ended() || context.response().closed();
        }
    }

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
        Post post = new Post(context, length(context.request()));
        // Before anything waits: otherwise the end of a connection that closes meanwhile would be missed.
        context.addEndHandler(ended -> end(post));
        if (isLetIn(post)) {
            context.next();
            return;
        }
        context.request().pause();
        context.vertx().setTimer(longestWait.toMillis(), now -> giveUp(post));
    }

    /** In the order of arrival: otherwise a large one would wait for ever. A request without a body does not wait. */
    private synchronized boolean isLetIn(Post post) {
        if (post.length > 0 && (!waiting.isEmpty() || bytes + post.length > mostBytes)) {
            waiting.add(post);
            return false;
        }
        count(post);
        return true;
    }

    private void count(Post post) {
        post.isCounted = true;
        bytes += post.length;
    }

    /** It was answered, or its sender has left. */
    private void end(Post post) {
        List<Post> next = new ArrayList<>();
        synchronized (this) {
            waiting.remove(post);
            if (post.isCounted) {
                post.isCounted = false;
                bytes -= post.length;
            }
            while (!waiting.isEmpty() && bytes + waiting.peek().length <= mostBytes) {
                count(waiting.peek());
                next.add(waiting.remove());
            }
        }
        next.forEach(other -> other.thread.runOnContext(now -> read(other)));
    }

    private static void read(Post post) {
        if (!post.isOver()) {
            post.context.request().resume();
            post.context.next();
        }
    }

    private void giveUp(Post post) {
        boolean isWaiting;
        synchronized (this) {
            isWaiting = waiting.remove(post);
        }
        if (isWaiting && !post.isOver()) {
            post.context.request().resume();
            gate.refuse(post.context, TOO_MUCH);
        }
    }

    /** What is too large is refused before it is read. */
    private long length(HttpServerRequest request) {
        String said = request.getHeader("Content-Length");
        if (said == null) {
            return request.getHeader("Transfer-Encoding") == null ? 0 : largestBody;
        }
        return said.matches("\\d{1,15}") ? Math.min(Long.parseLong(said), largestBody) : largestBody;
    }

    /** How many posts wait unread. */
    synchronized int waiting() {
        return waiting.size();
    }
}
