package dev.mackerelredmine.web;

import dev.mackerelredmine.operate.Operations;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pages for people on the management port, and the API that has the same. All of it is made by one thread of its own, which waits for the
 * store where it must: so it takes one connection that only reads, however many look, and neither a post nor a probe waits for it.
 */
public final class Site {

    private final Parts parts;
    private final List<Screen> screens;
    private final Access access;
    private final Display display;
    private final InstantSource clock;
    private final Pages pages;

    /** What is shown. */
    public record Parts(Standings standings, AlertViews alerts, Trial trial, Operations operations) {}

    /**
     * Who may come in.
     *
     * @param hasLogin whether one is asked for
     * @param host of the management port
     */
    public record Access(boolean hasLogin, String host) {}

    /**
     * How pages look.
     *
     * @param zone of the times on them
     * @param isDemo whether each says that it is a demonstration
     */
    public record Display(ZoneId zone, boolean isDemo) {}

    /** @param screens the pages in addition to those of the parts */
    public Site(Parts parts, List<Screen> screens, Access access, Display display, InstantSource clock) {
        this.parts = parts;
        this.screens = screens;
        this.access = access;
        this.display = display;
        this.clock = clock;
        this.pages = new Pages(
                Stream.of(
                                Stream.of("/"),
                                screens.stream().filter(Screen::isInNavigation).map(Screen::path),
                                Stream.of("/try"))
                        .flatMap(paths -> paths)
                        .toList(),
                display.isDemo());
    }

    /** To be done when the management port's own routes stand. */
    public void open(Router router, Vertx vertx) {
        WorkerExecutor reader = vertx.createSharedWorkerExecutor("pages", 1);
        // Redmine is asked what would be done now: whoever only looks does not wait for that.
        WorkerExecutor asker = vertx.createSharedWorkerExecutor("pages-that-ask", 1);
        Routing routing =
                new Routing(router, reader, new Visits(access.hasLogin(), access.host()), display.zone(), clock);
        Files.of(routing);
        LivePart part = new LivePart();
        Live live = new Live(
                vertx, reader, () -> parts.standings().at(clock.instant()).withoutFigures(), part::changed);
        routing.getAtOnce("/events", live::open);
        routing.get("/", request -> {
            Visitor visitor = routing.visitor(request);
            Answers.html(request, 200, standing("index.ftlh", visitor, Acts.done(request)));
        });
        routing.get(
                "/live",
                request -> Answers.html(
                        request,
                        200,
                        part.of(routing.visitor(request), visitor -> standing("overview.ftlh", visitor, Map.of()))));
        screens.forEach(screen -> {
            WorkerExecutor thread = screen.asksRedmine() ? asker : reader;
            routing.get(screen.path(), thread, request -> show(routing, screen, request));
            routing.get("/api" + screen.path(), thread, request -> answer(routing, screen, request));
        });
        new AlertPages(parts.alerts(), parts.trial(), pages).open(routing, asker);
        new Acts(parts.operations(), pages, routing).open();
        new Api(parts.standings(), parts.alerts(), routing).open();
    }

    private String standing(String template, Visitor visitor, Map<String, Object> done) {
        Map<String, Object> shown = new HashMap<>(done);
        shown.put("standing", parts.standings().at(visitor.now()));
        return pages.make(template, "/", visitor, shown);
    }

    private void show(Routing routing, Screen screen, RoutingContext request) {
        Visitor visitor = routing.visitor(request);
        Map<String, String> query = query(request);
        asked(request, () -> {
            String csv = "csv".equals(query.get("format")) ? screen.csv(visitor, query) : null;
            if (csv != null) {
                Answers.csv(request, screen.path().substring(1).replace('/', '-'), csv);
            } else {
                Answers.html(
                        request,
                        200,
                        pages.make(screen.template(), screen.path(), visitor, screen.show(visitor, query)));
            }
        });
    }

    private static void answer(Routing routing, Screen screen, RoutingContext request) {
        asked(request, () -> {
            Object data = screen.data(routing.visitor(request), query(request));
            if (data == null) {
                Answers.problem(request, 404, "Nothing here", screen.path() + " is for people only.");
            } else {
                Answers.json(request, 200, data);
            }
        });
    }

    private static Map<String, String> query(RoutingContext request) {
        Map<String, String> query = new HashMap<>();
        request.queryParams().forEach(it -> query.putIfAbsent(it.getKey(), it.getValue()));
        return query;
    }

    private static void asked(RoutingContext request, Runnable answer) {
        try {
            answer.run();
        } catch (QueryException e) {
            Answers.problem(request, 400, "Not understood", e.getMessage());
        }
    }
}
