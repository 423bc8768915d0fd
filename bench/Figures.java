import dev.mackerelredmine.figures.Counted;
import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.figures.Selection;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.store.Backoff;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreAddress;
import dev.mackerelredmine.store.StoreOptions;
import dev.mackerelredmine.trends.TrendsReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;

/** Fills a store with a year of events, sums them up, and times what /trends asks of it. */
public final class Figures {

    private static final NotificationReader READER = new NotificationReader();
    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final int ROUNDS = 9;
    private static final int PROBLEMS = 5_000;

    private Figures() {}

    /** The store's folder, and how many events. */
    public static void main(String[] arguments) throws Exception {
        String url = "jdbc:sqlite:" + Path.of(arguments[0]).resolve("figures.db");
        long events = Long.parseLong(arguments[1]);
        try (Store empty = store(url)) {
            empty.open();
        }
        fill(url, events / 2);
        try (Store store = store(url)) {
            store.open();
            long begun = System.nanoTime();
            store.openings().sumUp();
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf("%,d events of %,d problems, summed up in %.0f s: %.0f us an alert%n", events, PROBLEMS, seconds, seconds * 1e6 / (events / 2));
            TrendsReader reader = new TrendsReader(store.openings());
            LocalDate today = LocalDate.now(ZONE);
            time("a year", () -> reader.read(Period.ofDays(365, today, ZONE), Filter.ALL));
            time("a year of one service", () -> reader.read(Period.ofDays(365, today, ZONE), new Filter("shop7", "", "", "", 0)));
            time("half a year beside the half before", () -> reader.read(Period.ofDays(182, today, ZONE), Filter.ALL));
            Period year = Period.ofDays(365, today, ZONE);
            time("the list behind a figure of a year", () -> store.openings().list(year, Filter.ALL, Selection.of(Counted.NEVER_ACKNOWLEDGED), 0, 100));
            time("the flapping alerts of a year", () -> store.openings().list(year, Filter.ALL, Selection.of(Counted.FLAPPING), 0, 100));
            time("10,000 of them, as CSV has", () -> store.openings().list(year, Filter.ALL, Selection.of(Counted.NEVER_ACKNOWLEDGED), 0, 10_000));
            time("four weeks", () -> reader.read(Period.ofDays(28, today, ZONE), Filter.ALL));
        }
    }

    private static Store store(String url) {
        Backoff backoff = new Backoff(Duration.ofSeconds(30), Duration.ofHours(1));
        return new Store(new StoreOptions(StoreAddress.of(url), "redmine", true, backoff, Duration.ofMinutes(5)), READER);
    }

    private static void time(String what, Callable<?> work) throws Exception {
        double fastest = Double.MAX_VALUE;
        double slowest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            work.call();
            double millis = (System.nanoTime() - begun) / 1e6;
            fastest = Math.min(fastest, millis);
            slowest = Math.max(slowest, millis);
        }
        System.out.printf("%-40s fastest %6.0f ms, slowest of %d %6.0f ms%n", what, fastest, ROUNDS, slowest);
    }

    /** Each alert opened, and was over two minutes later; a third was acknowledged after a minute. */
    private static void fill(String url, long alerts) throws Exception {
        long year = Duration.ofDays(364).toSeconds();
        String openedAt = "(strftime('%s', 'now') - " + year + " + n * " + year + " / " + alerts + ")";
        String common = "{\"orgName\":\"bench\",\"event\":\"alert\",\"service\":{\"name\":\"shop' || (n % 40) || '\"},\"alert\":{\"id\":\"a' || n || '\",\"monitorName\":\"CPU ' || (n % "
                + PROBLEMS + ") || '\",\"criticalThreshold\":90,\"openedAt\":' || " + openedAt + " || ',";
        String opening = "'" + common + "\"status\":\"critical\",\"isOpen\":true,\"metricValue\":91.5}}'";
        String end = "'" + common + "\"status\":\"ok\",\"isOpen\":false,\"closedAt\":' || (" + openedAt + " + 120) || '}}'";
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("INSERT INTO problem (stream, problem_key, received, delivered) SELECT 'redmine', 'p' || n, 0, 0 FROM (" + numbers(PROBLEMS) + ")");
            sql.execute("INSERT INTO alert (stream, org, alert_key, problem_id, told, received, status) SELECT 'redmine', 'bench', 'a' || n, 1 + n % " + PROBLEMS
                    + ", 1 + 2 * (n / " + PROBLEMS + "), 2 + 2 * (n / " + PROBLEMS + "), 'ok' FROM (" + numbers(alerts) + ")");
            for (String notification : new String[] {opening, end}) {
                int later = notification.equals(end) ? 1 : 0;
                sql.execute("INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification) SELECT 1000 * (" + openedAt + " + " + later * 120
                        + "), 'alert', n, 1 + n % " + PROBLEMS + ", 1 + 2 * (n / " + PROBLEMS + ") + " + later + ", " + notification + " FROM (" + numbers(alerts) + ")");
            }
            sql.execute("INSERT INTO step (alert_id, at, issue, up_to, action, why) SELECT n, 1000 * " + openedAt + " + 1500, n, 1, 'create', 'it fires' FROM (" + numbers(alerts) + ")");
            sql.execute("INSERT INTO step (alert_id, at, issue, up_to, action, why) SELECT n, 1000 * " + openedAt + " + 60000, n, 1, 'acknowledge', 'took it' FROM (" + numbers(alerts) + ") WHERE n % 3 = 0");
            connection.commit();
        }
    }

    private static String numbers(long upTo) {
        return "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < " + upTo + ") SELECT n FROM numbers";
    }
}
