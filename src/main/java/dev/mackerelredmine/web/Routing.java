package dev.mackerelredmine.web;

import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets requests in, and has them answered on a thread that may wait for the store. */
final class Routing {

    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);

    private static final int LARGEST_BODY = 1024 * 1024;

    private final Router router;
    private final WorkerExecutor reader;
    private final Visits visits;
    private final ZoneId zone;
    private final InstantSource clock;

    Routing(Router router, WorkerExecutor reader, Visits visits, ZoneId zone, InstantSource clock) {
        this.router = router;
        this.reader = reader;
        this.visits = visits;
        this.zone = zone;
        this.clock = clock;
    }

    WorkerExecutor reader() {
        return reader;
    }

    void get(String path, Consumer<RoutingContext> answer) {
        get(path, reader, answer);
    }

    /** @param thread for what waits for others than the store */
    void get(String path, WorkerExecutor thread, Consumer<RoutingContext> answer) {
        router.route(HttpMethod.GET, path).handler(request -> {
            if (isLetIn(request)) {
                answer(request, thread, answer);
            }
        });
    }

    /** What needs no thread that waits. */
    void getAtOnce(String path, Consumer<RoutingContext> answer) {
        router.route(HttpMethod.GET, path).handler(request -> {
            if (isLetIn(request)) {
                answer.accept(request);
            }
        });
    }

    /** What changes something: only by whoever may, and only from a page of ours. */
    void post(String path, Consumer<RoutingContext> answer) {
        post(path, reader, request -> {
            if (Visits.mayAct(request)) {
                answer.accept(request);
            } else {
                Answers.problem(
                        request, 403, "This login may only read", "Log in as management.user to change anything.");
            }
        });
    }

    /** What changes nothing, and is too long for an address. */
    void post(String path, WorkerExecutor thread, Consumer<RoutingContext> answer) {
        router.route(HttpMethod.POST, path).handler(request -> {
            if (isLetIn(request) && isFromUs(request)) {
                request.next();
            }
        });
        router.route(HttpMethod.POST, path)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .failureHandler(Routing::notTaken);
        router.route(HttpMethod.POST, path).handler(request -> answer(request, thread, answer));
    }

    private static void notTaken(RoutingContext request) {
        boolean isTooLarge = request.statusCode() == 413;
        Answers.problem(
                request,
                isTooLarge ? 413 : 400,
                "Not taken",
                isTooLarge ? "It is larger than " + LARGEST_BODY + " bytes." : "The request could not be read.");
    }

    private boolean isLetIn(RoutingContext request) {
        Answers.headers(request);
        if (!visits.isForUs(request)) {
            Answers.problem(
                    request,
                    421,
                    "Not this service's name",
                    "Without a login, this port answers to localhost and to management.host only. To use another name, set"
                            + " management.user and management.password.");
            return false;
        }
        return true;
    }

    private static boolean isFromUs(RoutingContext request) {
        boolean isFromUs = Visits.isFromUs(request);
        if (!isFromUs) {
            Answers.problem(request, 403, "From another site", "Only the pages of this service may do this.");
        }
        return isFromUs;
    }

    private static void answer(RoutingContext request, WorkerExecutor thread, Consumer<RoutingContext> answer) {
        thread.executeBlocking(
                        () -> {
                            answer.accept(request);
                            return null;
                        },
                        true)
                .onFailure(failure -> failed(request, failure));
    }

    private static void failed(RoutingContext request, Throwable failure) {
        LOG.warn("{} could not be answered: {}", request.request().path(), failure.toString());
        LOG.debug("It could not be answered", failure);
        Answers.problem(
                request,
                503,
                "Not answered",
                "The store cannot be read at present, or a page failed. The log says why.");
    }

    /** To the millisecond, as the store has its times. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Visitor visitor(RoutingContext request) {
        return new Visitor(
                Words.asked(request.request().getHeader("Accept-Language")),
                zone,
                now(),
                Visits.login(request),
                Visits.mayAct(request));
    }
}
