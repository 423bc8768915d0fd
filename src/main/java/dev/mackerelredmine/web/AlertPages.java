package dev.mackerelredmine.web;

import dev.mackerelredmine.store.AlertRecord;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page of an alert, and the one on which a notification is tried. */
final class AlertPages {

    private static final String ALERTS = "/alerts/";

    private final AlertViews alerts;
    private final Trial trial;
    private final Pages pages;

    AlertPages(AlertViews alerts, Trial trial, Pages pages) {
        this.alerts = alerts;
        this.trial = trial;
        this.pages = pages;
    }

    void open(Routing routing, WorkerExecutor asker) {
        routing.get(ALERTS + "*", request -> {
            if (request.queryParams().contains("next")) {
                asker.executeBlocking(() -> {
                            show(routing.visitor(request), request, true);
                            return null;
                        })
                        .onFailure(request::fail);
            } else {
                show(routing.visitor(request), request, false);
            }
        });
        routing.get("/try", request -> tried(routing.visitor(request), request, Map.of()));
        routing.post(
                "/try",
                asker,
                request -> tried(
                        routing.visitor(request),
                        request,
                        trial.of(String.valueOf(request.request().getFormAttribute("notification")))));
    }

    private void show(Visitor visitor, RoutingContext request, boolean asksWhatIsNext) {
        String meant = meant(request, ALERTS);
        List<AlertRecord> records = alerts.records(meant);
        Map<String, Object> shown = new HashMap<>();
        shown.put("meant", meant);
        shown.put(
                "alerts",
                records.stream().map(alert -> alerts.view(alert, visitor.now())).toList());
        shown.put("leftAlone", records.isEmpty() ? alerts.leftAlone(meant) : List.of());
        if (asksWhatIsNext && records.size() == 1) {
            shown.put("next", trial.next(records.get(0)));
        }
        Answers.html(request, records.isEmpty() ? 404 : 200, pages.make("alert.ftlh", ALERTS, visitor, shown));
    }

    private void tried(Visitor visitor, RoutingContext request, Map<String, ?> shown) {
        Answers.html(request, 200, pages.make("try.ftlh", "/try", visitor, shown));
    }

    /** What comes behind this in the address, as a person would write it. */
    static String meant(RoutingContext request, String before) {
        String path = request.request().path();
        return URLDecoder.decode(path.substring(before.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
