import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.store.Backoff;
import dev.mackerelredmine.store.Problem;
import dev.mackerelredmine.store.Replayable;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreAddress;
import dev.mackerelredmine.store.StoreOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Fills stores with more and more events, and times what the running service, and the commands beside it, ask them. */
public final class Growth {

    private static final NotificationReader READER = new NotificationReader();
    private static final int ROUNDS = 15;
    private static final int EVENTS_OF_AN_ALERT = 2;
    private static final int ALERTS_OF_A_PROBLEM = 2;

    private final String url;
    private final long alerts;
    private final long problems;
    private final long waiting;
    private final long ofOneProblem;
    private final long ofOneAlert;
    private final Map<String, Double> fastest = new LinkedHashMap<>();
    private int ids;

    private Growth(Path folder, long events) {
        url = "jdbc:sqlite:" + folder.resolve(events + ".db");
        alerts = events / EVENTS_OF_AN_ALERT;
        problems = alerts / ALERTS_OF_A_PROBLEM;
        waiting = Math.min(problems / 10, 10_000);
        ofOneProblem = Math.min(alerts / 5, 100_000);
        ofOneAlert = Math.min(events / 10, 10_000);
    }

    public static void main(String[] arguments) throws Exception {
        List<Map<String, Double>> columns = new ArrayList<>();
        System.out.printf("%-44s", "fastest of " + ROUNDS + ", ms");
        for (int i = 1; i < arguments.length; i++) {
            Growth growth = new Growth(Path.of(arguments[0]), Long.parseLong(arguments[i]));
            growth.measure();
            columns.add(growth.fastest);
            System.out.printf("%12s", arguments[i]);
        }
        System.out.println();
        for (String what : columns.get(0).keySet()) {
            System.out.printf("%-44s", what);
            columns.forEach(column -> System.out.printf("%12.1f", column.get(what)));
            System.out.println();
        }
    }

    /** Without measuring: the store is EVENTS.db in the folder. */
    static void fill(Path folder, long events) throws Exception {
        Growth growth = new Growth(folder, events);
        try (Store empty = growth.store()) {
            empty.open();
        }
        growth.fill();
    }

    private Store store() {
        Backoff backoff = new Backoff(Duration.ofSeconds(30), Duration.ofHours(1));
        return new Store(new StoreOptions(StoreAddress.of(url), "redmine", true, backoff, Duration.ofMinutes(5)), READER);
    }

    private void measure() throws Exception {
        try (Store empty = store()) {
            empty.open();
        }
        fill();
        long begun = System.nanoTime();
        try (Store store = store()) {
            store.open();
            fastest.put("open, with its check of the whole file", (System.nanoTime() - begun) / 1e6);
            Instant now = Instant.now();
            time("keep a post of a new alert", () -> store.inbox().keep(READER.read(alert("new" + ++ids).getBytes(StandardCharsets.UTF_8)), null));
            time("keep an event of a host", () -> store.inbox().keep(READER.read(hostEvent()), null));
            time("backlog, " + "a tenth of the problems waits", () -> store.deliveries().backlog());
            time("overdue", () -> store.deliveries().hasOverdue(now.minus(Duration.ofDays(1000))));
            time("claim, read and end a delivery", () -> {
                Problem problem = store.deliveries().claim();
                store.deliveries().undelivered(problem).forEach(alert -> store.deliveries().history(problem, alert));
                store.deliveries().delivered(problem);
                return problem;
            });
            Problem large = new Problem(problems + 1, "", Long.MAX_VALUE, 0, 0, "");
            time("undelivered of a problem of many alerts", () -> store.deliveries().undelivered(large));
            Problem flood = new Problem(problems + 2, "", Long.MAX_VALUE, 0, 0, "");
            long alert = store.deliveries().undelivered(flood).get(0);
            time("history of an alert with many events, late", () -> store.deliveries().history(flood, alert));
            time("parked alerts of which nobody was notified", () -> store.notices().unreportedParked());
            time("parked actions of which nobody was notified", () -> store.notices().unreportedActions());
            time("try a parked alert", () -> store.parked().tryNext());
            time("claim an action", () -> store.actions().claim());
            time("purge, with nothing that is old enough", () -> {
                store.retention(Duration.ofDays(400), Duration.ofDays(1100)).purge();
                return null;
            });
            time("explain by the alert's id", () -> store.histories().records("a17"));
            time("explain by the ticket's number", () -> store.histories().records("#17"));
            time("find what came in in the last 10 minutes", () -> store.replays().since(now.minusSeconds(600)));
            List<Replayable> previewed = store.replays().ofAlert("previewed");
            time("replay an alert of a preview", () -> {
                store.replays().replay(previewed, "bench");
                return null;
            });
        }
    }

    private void time(String what, Callable<?> work) throws Exception {
        double millis = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            work.call();
            millis = Math.min(millis, (System.nanoTime() - begun) / 1e6);
        }
        fastest.put(what, millis);
    }

    static String alert(String id) {
        return "{\"orgName\":\"bench\",\"event\":\"alert\",\"message\":\"CPU % 96.25 > 90\",\"host\":{\"id\":\"h" + id + "\",\"name\":\"web1\"},\"alert\":{\"id\":\""
                + id + "\",\"status\":\"critical\",\"isOpen\":true,\"openedAt\":1795132800,\"statusChangedAt\":1795132830,\"monitorName\":\"CPU %\",\"metricValue\":96.25}}";
    }

    private static byte[] hostEvent() {
        return "{\"orgName\":\"bench\",\"event\":\"hostStatus\",\"host\":{\"id\":\"h17\",\"name\":\"web1\",\"status\":\"working\"},\"fromStatus\":\"standby\"}"
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Of 400 days. What is over is reported; a tenth of the problems waits; one problem has many alerts, one alert has many events. */
    private void fill() throws Exception {
        long start = Instant.now().minus(Duration.ofDays(399)).toEpochMilli();
        long step = Duration.ofDays(398).toMillis() / alerts;
        String notification = "replace('" + alert("aX") + "', 'aX', 'a' || n)";
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("INSERT INTO problem (stream, problem_key, received, delivered) SELECT 'redmine', 'bench' || char(10) || n, 4, 4 FROM (" + numbers(problems) + ")");
            sql.execute("INSERT INTO ticket (problem_id, issue, state) SELECT (n + 1) / 2, n, '{}' FROM (" + numbers(alerts) + ")");
            sql.execute("INSERT INTO alert (stream, org, alert_key, problem_id, ticket_id, host, told, received, newest, headline, status, noted_at)"
                    + " SELECT 'redmine', 'bench', 'a' || n, (n + 1) / 2, n, 'h' || n, 4 - 2 * (n % 2), 4 - 2 * (n % 2), 4 - 2 * (n % 2), 4 - 2 * (n % 2), 'ok', 0 FROM (" + numbers(alerts) + ")");
            for (int event = 1; event <= EVENTS_OF_AN_ALERT; event++) {
                sql.execute("INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification) SELECT " + start + " + n * " + step
                        + ", 'alert', n, (n + 1) / 2, 2 - 2 * (n % 2) + " + event + ", " + notification + " FROM (" + numbers(alerts) + ")");
            }
            sql.execute("INSERT INTO event (received_at, kind, notification) SELECT " + start + " + n * " + step + ", 'hostStatus', '{}' FROM (" + numbers(alerts / 2) + ")");
            sql.execute("INSERT INTO step (alert_id, at, issue, up_to, action, why) SELECT n, " + start + " + n * " + step + ", n, 4, 'create', 'it fires' FROM (" + numbers(alerts) + ")");
            sql.execute("UPDATE problem SET delivered = 2, due_at = 1, waiting_since = 1, urgency = 1 WHERE id > " + (problems - waiting));
            sql.execute("UPDATE alert SET told = 0, newest = NULL, headline = NULL, ticket_id = NULL WHERE id % 2 = 0 AND problem_id > " + (problems - waiting));
            sql.execute("UPDATE alert SET parked = 'too long', parked_cause = 'too long', parked_for = 'too long', parked_told = TRUE WHERE id % 2 = 0 AND id <= " + Math.min(alerts / 5, 10_000));
            sql.execute("INSERT INTO parked_cause (stream, cause, since, next_at) VALUES ('redmine', 'too long', 1, 1)");
            oneProblemOfManyAlerts(sql, start);
            oneAlertOfManyEvents(sql, start);
            sql.execute("INSERT INTO problem (stream, problem_key, received, delivered) VALUES ('preview', 'previewed', 1, 1)");
            sql.execute("INSERT INTO alert (stream, org, alert_key, problem_id, told, received) SELECT 'preview', 'bench', 'previewed', MAX(id), 1, 1 FROM problem");
            sql.execute("INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification) SELECT " + start + ", 'alert', MAX(id), MAX(problem_id), 1, '" + alert("previewed") + "' FROM alert");
            connection.commit();
        }
    }

    private void oneProblemOfManyAlerts(Statement sql, long start) throws Exception {
        sql.execute("INSERT INTO problem (stream, problem_key, received, delivered) VALUES ('redmine', 'many alerts', " + (ofOneProblem + 1) + ", " + ofOneProblem + ")");
        sql.execute("INSERT INTO alert (stream, org, alert_key, problem_id, told, received, newest, headline, status, noted_at) SELECT 'redmine', 'bench', 'm' || n, " + (problems + 1)
                + ", n, n, n, n, 'ok', 0 FROM (" + numbers(ofOneProblem) + ")");
        sql.execute("UPDATE alert SET told = 0 WHERE alert_key = 'm1'");
        sql.execute("INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification) SELECT " + start + ", 'alert', id, problem_id, received, '{}' FROM alert WHERE problem_id = " + (problems + 1));
    }

    /** Each later one says that it happened earlier. */
    private void oneAlertOfManyEvents(Statement sql, long start) throws Exception {
        sql.execute("INSERT INTO problem (stream, problem_key, received, delivered) VALUES ('redmine', 'many events', " + ofOneAlert + ", 1)");
        sql.execute("INSERT INTO alert (stream, org, alert_key, problem_id, told, received, newest, headline, status, noted_at) VALUES ('redmine', 'bench', 'flood', " + (problems + 2)
                + ", 1, " + ofOneAlert + ", 1, 1, 'critical', 0)");
        sql.execute("INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification) SELECT " + start + ", 'alert', (SELECT MAX(id) FROM alert), " + (problems + 2)
                + ", n, replace('" + alert("flood") + "', '1795132830', 1795132830 - n) FROM (" + numbers(ofOneAlert) + ")");
    }

    private static String numbers(long upTo) {
        return "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < " + upTo + ") SELECT n FROM numbers";
    }
}
