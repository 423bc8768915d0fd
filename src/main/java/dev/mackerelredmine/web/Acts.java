package dev.mackerelredmine.web;

import dev.mackerelredmine.operate.Done;
import dev.mackerelredmine.operate.Operations;
import dev.mackerelredmine.operate.ParkedAlert;
import dev.mackerelredmine.operate.ParkedFilter;
import dev.mackerelredmine.operate.RefusedActException;
import dev.mackerelredmine.web.Asked.UnclearException;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What people change here. A page asks once more before it sends a form; a program sends JSON to the same address. What was done is kept with
 * the name of who did it.
 */
final class Acts {

    private static final String NOBODY_IN_PARTICULAR = "somebody at the management port";
    private static final List<String> KINDS = List.of("retry", "drop", "pause", "resume");
    private static final String DELIVERIES = "/api/deliveries/";

    private final Operations operations;
    private final Pages pages;
    private final Routing routing;

    /** What came of it. */
    private interface Act {
        Object run(Asked asked, String by) throws UnclearException;
    }

    Acts(Operations operations, Pages pages, Routing routing) {
        this.operations = operations;
        this.pages = pages;
        this.routing = routing;
    }

    void open() {
        routing.get("/act", this::confirm);
        act("retry", (asked, by) -> operations.retry(asked.filter(), by));
        act("drop", (asked, by) -> operations.drop(asked.filter(), asked.why(), by));
        act("pause", (asked, by) -> {
            operations.pause(by);
            return held();
        });
        act("resume", (asked, by) -> {
            operations.resume(by);
            return held();
        });
    }

    private Map<String, ?> held() {
        Map<String, Object> held = new HashMap<>();
        held.put("paused", operations.currentPause().orElse(null));
        return held;
    }

    private void act(String name, Act act) {
        routing.post(DELIVERIES + name, request -> {
            try {
                Object done = act.run(
                        Asked.of(request), Objects.requireNonNullElse(Visits.login(request), NOBODY_IN_PARTICULAR));
                if (Asked.isForm(request)) {
                    showDone(request, name, done);
                } else {
                    Answers.json(request, 200, done);
                }
            } catch (RefusedActException | UnclearException e) {
                refuse(request, name, e.getMessage());
            }
        });
    }

    private void refuse(RoutingContext request, String name, String why) {
        if (Asked.isForm(request)) {
            show(request, 400, name, Asked.of(request.request().formAttributes()), why);
        } else {
            Answers.problem(request, 400, "Not done", why);
        }
    }

    /** Who comes back to a page that was sent does not send it again. */
    private static void showDone(RoutingContext request, String name, Object done) {
        String count = done instanceof Done acts
                ? "&done=" + acts.done().size() + "&busy=" + acts.busy().size()
                : "";
        request.response()
                .setStatusCode(303)
                .putHeader("Location", "/?did=" + name + count)
                .putHeader("Cache-Control", "no-store")
                .end();
    }

    /** What was done, as the address of the first page says it after an act. */
    static Map<String, Object> done(RoutingContext request) {
        String did = request.queryParams().get("did");
        Map<String, Object> said = new HashMap<>();
        if (KINDS.contains(String.valueOf(did))) {
            said.put("did", did);
            said.put("done", count(request, "done"));
            said.put("busy", count(request, "busy"));
        }
        return said;
    }

    private static String count(RoutingContext request, String name) {
        String value = request.queryParams().get(name);
        return value != null && value.matches("\\d{1,9}") ? value : "0";
    }

    /** What is about to be done, and to what. */
    private void confirm(RoutingContext request) {
        String kind = String.valueOf(request.queryParams().get("do"));
        if (KINDS.contains(kind)) {
            show(request, 200, kind, Asked.of(request.queryParams()), null);
        } else {
            Answers.problem(request, 400, "Not known", "do is one of: " + String.join(", ", KINDS));
        }
    }

    private void show(RoutingContext request, int status, String kind, Asked asked, String refused) {
        Map<String, Object> shown = new HashMap<>();
        shown.put("kind", kind);
        shown.put("asked", asked);
        shown.put("alerts", alerts(asked));
        if (refused != null) {
            shown.put("refused", refused);
        }
        Answers.html(request, status, pages.make("act.ftlh", "/act", routing.visitor(request), shown));
    }

    private List<ParkedAlert> alerts(Asked asked) {
        try {
            ParkedFilter filter = asked.filter();
            return operations.parked(filter);
        } catch (UnclearException e) {
            return List.of();
        }
    }
}
