package dev.mackerelredmine.ticket.text;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.AlertKey;
import dev.mackerelredmine.ticket.Change;
import dev.mackerelredmine.ticket.IncidentList;
import dev.mackerelredmine.ticket.IncidentMember;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.TextLevel;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Alerts to try texts and policies out with: one that has everything, one that has only a status, and a host's event. */
public final class Samples {

    private static final String FULL = """
            {"orgName":"example","event":"alert","message":"CPU % 95.5 > 90","memo":"Call\\nsomebody",
             "alert":{"id":"2bj","status":"critical","trigger":"monitor","url":"https://mackerel.io/orgs/example/alerts/2bj",
               "openedAt":1793000000,"statusChangedAt":1793000000,"monitorName":"CPU %","metricLabel":"cpu","metricValue":95.5,
               "criticalThreshold":90,"warningThreshold":70,"monitorOperator":">","duration":3},
             "series":{"name":"cpu","labels":{"http.route":"/orders"}},
             "host":{"id":"1","name":"web1","url":"https://mackerel.io/orgs/example/hosts/1","status":"standby","memo":"rack 3",
               "roles":[{"fullname":"Shop: web","roleUrl":"https://mackerel.io/orgs/example/services/Shop#role=web"}]}}
            """;
    private static final String OF_A_SERVICE = """
            {"event":"alert","alert":{"status":"ok","openedAt":1793000000,"closedAt":1793000060,"trigger":"manual close"},
             "service":{"name":"Shop"},"user":{"screenName":"alice"}}
            """;
    private static final String BARE = "{\"event\":\"alert\",\"alert\":{\"status\":\"unknown\"}}";
    private static final String OF_A_HOST = """
            {"event":"hostStatus","host":{"name":"web1","status":"standby"},"fromStatus":"working","user":{"screenName":"alice"}}
            """;

    private static final AlertKey KEY = new AlertKey("example", "2bj");

    static final List<Notification> ALERTS =
            Stream.of(FULL, OF_A_SERVICE, BARE).map(Samples::read).toList();

    private Samples() {}

    /** An alert of a host with a role, of a service, and of neither, in each status, alone in its history. */
    public static List<AlertHistory> ofEachKind() {
        return Stream.of("critical", "warning", "unknown", "ok")
                .flatMap(status -> Stream.of(FULL, OF_A_SERVICE, BARE)
                        .map(json -> read(json.replaceFirst("\"status\":\"\\w+\"", "\"status\":\"" + status + "\""))))
                .map(notification -> AlertHistory.alone(notification, Instant.now()))
                .toList();
    }

    private static Notification read(String json) {
        return new NotificationReader().readText(json);
    }

    static List<Description> descriptions(Notification headline) {
        return List.of(
                new Description(headline, KEY, List.of(), List.of(), TextLevel.BARE, null),
                new Description(headline, KEY, changes(ALERTS), remarks(), TextLevel.FULL, "graph.png"));
    }

    static List<Note> notes(Notification change) {
        return List.of(
                new Note(List.of(), List.of(), TextLevel.BARE, null, "reference"),
                new Note(changes(List.of(change)), List.of(), TextLevel.FULL, "graph.png", "reference"),
                new Note(changes(List.of(change, read(OF_A_HOST))), remarks(), TextLevel.FULL, null, "reference"));
    }

    static List<IncidentList> incidents() {
        List<IncidentMember> members = ALERTS.stream()
                .map(alert -> new IncidentMember(KEY, alert.alert().status(), Instant.EPOCH, null, alert))
                .toList();
        IncidentMember withTicket = new IncidentMember(KEY, AlertStatus.CRITICAL, Instant.EPOCH, 1L, ALERTS.get(0));
        return List.of(
                new IncidentList(Instant.EPOCH, 0, 0, List.of(), 0, Instant.EPOCH),
                new IncidentList(Instant.EPOCH, 1, 1, List.of(withTicket), 0, Instant.EPOCH),
                new IncidentList(Instant.EPOCH, 1000, 1000, members, 0, Instant.EPOCH));
    }

    private static List<Change> changes(List<Notification> notifications) {
        return IntStream.range(0, notifications.size())
                .mapToObj(i -> new Change(i + 1, Instant.EPOCH, notifications.get(i)))
                .toList();
    }

    private static List<Remark> remarks() {
        return Stream.of(Remark.Kind.values())
                .map(kind -> Remark.of(kind, "project", "name"))
                .toList();
    }
}
