package dev.mackerelredmine.web;

import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.web.Standing.Deliveries;
import dev.mackerelredmine.web.Standing.Redmine;
import dev.mackerelredmine.web.Standing.State;
import dev.mackerelredmine.web.Standing.TicketView;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The same as the pages, for programs; {@code /openapi.yaml} describes it. */
final class Api {

    private static final String ALERTS = "/api/alerts/";

    private final Standings standings;
    private final AlertViews alerts;
    private final Routing routing;

    /** The open tickets, with the worst alert of each. */
    record OpenAlerts(Instant at, State state, long openTickets, long unanswered, List<TicketView> alerts) {}

    /** What is not delivered, and how Redmine answers. */
    record Standstill(Instant at, State state, Deliveries deliveries, Redmine redmine) {}

    Api(Standings standings, AlertViews alerts, Routing routing) {
        this.standings = standings;
        this.alerts = alerts;
        this.routing = routing;
    }

    void open() {
        routing.get("/api/alerts", this::open);
        routing.get(ALERTS + "*", this::alert);
        routing.get("/api/deliveries", this::deliveries);
    }

    private void open(RoutingContext request) {
        Instant now = routing.now();
        Standing standing = standings.at(now);
        Answers.json(
                request,
                200,
                new OpenAlerts(
                        now, standing.state(), standing.openTickets(), standing.unanswered(), standing.tickets()));
    }

    private void deliveries(RoutingContext request) {
        Instant now = routing.now();
        Standing standing = standings.at(now);
        Answers.json(request, 200, new Standstill(now, standing.state(), standing.deliveries(), standing.redmine()));
    }

    private void alert(RoutingContext request) {
        String meant = AlertPages.meant(request, ALERTS);
        List<AlertRecord> records = alerts.records(meant);
        switch (records.size()) {
            case 0 -> Answers.problem(request, 404, "No such alert", "Nothing is known of an alert " + meant + ".");
            case 1 -> Answers.json(request, 200, alerts.view(records.get(0), routing.now()));
            default ->
                Answers.problem(
                        request,
                        409,
                        "Several alerts",
                        "Name one of them: "
                                + records.stream()
                                        .map(alert -> alert.key().toString())
                                        .collect(Collectors.joining(", ")));
        }
    }
}
