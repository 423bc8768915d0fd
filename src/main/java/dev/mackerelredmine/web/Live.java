package dev.mackerelredmine.web;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells open pages when something changed (server-sent events), and not what: they ask for that. One poll serves all of them, at most once a
 * second, and less often where it takes long: never more than a twentieth of the time. While no page is open, nobody looks.
 */
final class Live {

    /** Then a page is as it was loaded. */
    private static final int MOST_STREAMS = 50;

    private static final long SECOND = Duration.ofSeconds(1).toMillis();
    private static final int SHARE = 20;
    private static final long QUIET = Duration.ofSeconds(20).toNanos();

    private final Vertx vertx;
    private final WorkerExecutor reader;
    private final Supplier<?> state;
    private final Runnable changed;
    private final Set<HttpServerResponse> streams = new LinkedHashSet<>();
    private Object seen;
    private boolean isPolling;
    private long said;

    /**
     * @param state answers the same as long as nothing changed
     * @param changed is run before open pages get to know that something did
     */
    Live(Vertx vertx, WorkerExecutor reader, Supplier<?> state, Runnable changed) {
        this.vertx = vertx;
        this.reader = reader;
        this.state = state;
        this.changed = changed;
    }

    synchronized void open(RoutingContext request) {
        if (streams.size() >= MOST_STREAMS) {
            request.response().putHeader("Retry-After", "60");
            Answers.problem(
                    request, 503, "Too many open pages", "This page is not live. Load it again to see what is new.");
            return;
        }
        HttpServerResponse stream = request.response();
        stream.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        stream.closeHandler(closed -> forget(stream));
        stream.exceptionHandler(failure -> forget(stream));
        stream.write("retry: 3000\n\n");
        streams.add(stream);
        if (!isPolling) {
            isPolling = true;
            seen = null;
            pollAfter(SECOND);
        }
    }

    private synchronized void forget(HttpServerResponse stream) {
        streams.remove(stream);
    }

    private void pollAfter(long millis) {
        vertx.setTimer(millis, timer -> poll());
    }

    private synchronized void poll() {
        if (streams.isEmpty()) {
            isPolling = false;
            return;
        }
        long begun = System.nanoTime();
        reader.executeBlocking(state::get, true).onComplete(done -> {
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            if (done.succeeded()) {
                compare(done.result());
            }
            pollAfter(Math.max(SECOND, SHARE * took));
        });
    }

    private synchronized void compare(Object now) {
        boolean isFirst = seen == null;
        if (isFirst || !now.equals(seen)) {
            changed.run();
            say("event: change\ndata:\n\n");
        } else if (System.nanoTime() - said > QUIET) {
            say(":\n\n");
        }
        seen = now;
    }

    /** Who does not read gets nothing more, until it has read what there is. */
    private void say(String event) {
        said = System.nanoTime();
        Set.copyOf(streams).stream().filter(stream -> !stream.writeQueueFull()).forEach(stream -> stream.write(event));
    }
}
