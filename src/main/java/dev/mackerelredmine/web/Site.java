package dev.mackerelredmine.web;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages for people on the management port, and the API that has the same. All of it is made by one thread of its own, which waits for the
 * store where it must: so it takes one connection that only reads, however many look, and neither a post nor a probe waits for it.
 */
public final class Site {

    private static final Logger LOG = LoggerFactory.getLogger(Site.class);

    private final Standings standings;
    private final List<Screen> screens;
    private final ZoneId zone;
    private final InstantSource clock;
    private final Pages pages;

    /** @param screens the pages besides the first one */
    public Site(Standings standings, List<Screen> screens, ZoneId zone, InstantSource clock) {
        this.standings = standings;
        this.screens = screens;
        this.zone = zone;
        this.clock = clock;
        this.pages = new Pages(
                Stream.concat(Stream.of("/"), screens.stream().map(Screen::path)).toList());
    }

    /** To be done when the management port's own routes stand. */
    public void open(Router router, Vertx vertx) {
        WorkerExecutor reader = vertx.createSharedWorkerExecutor("pages", 1);
        Files.of(router);
        get(router, "/", reader, request -> {
            Visitor visitor = visitor(request);
            Answers.html(request, 200, pages.make("index.ftlh", "/", visitor, standing(visitor)));
        });
        get(router, "/live", reader, request -> {
            Visitor visitor = visitor(request);
            Answers.html(request, 200, pages.make("overview.ftlh", "/", visitor, standing(visitor)));
        });
        screens.forEach(screen -> get(router, screen.path(), reader, request -> show(screen, request)));
    }

    private Map<String, ?> standing(Visitor visitor) {
        return Map.of("standing", standings.at(visitor.now()));
    }

    private void show(Screen screen, RoutingContext request) {
        Visitor visitor = visitor(request);
        Map<String, String> query = new HashMap<>();
        request.queryParams().forEach(it -> query.putIfAbsent(it.getKey(), it.getValue()));
        Answers.html(
                request, 200, pages.make(screen.template(), screen.path(), visitor, screen.show(visitor, query)));
    }

    private static void get(Router router, String path, WorkerExecutor reader, Consumer<RoutingContext> answer) {
        Route route = router.route(HttpMethod.GET, path);
        route.handler(request -> {
            Answers.headers(request);
            reader.executeBlocking(
                            () -> {
                                answer.accept(request);
                                return null;
                            },
                            true)
                    .onFailure(failure -> failed(request, failure));
        });
    }

    private static void failed(RoutingContext request, Throwable failure) {
        LOG.warn("The page {} could not be made: {}", request.request().path(), failure.toString());
        LOG.debug("The page could not be made", failure);
        Answers.problem(
                request, 503, "Not shown", "The store cannot be read at present, or the page failed. The log says why.");
    }

    private Visitor visitor(RoutingContext request) {
        boolean isKnown = request.user() != null;
        return new Visitor(
                Words.asked(request.request().getHeader("Accept-Language")),
                zone,
                clock.instant(),
                isKnown ? request.user().principal().getString("username") : null,
                true);
    }
}
