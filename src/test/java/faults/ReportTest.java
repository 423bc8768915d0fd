package faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import faults.History.Alert;
import faults.History.Kind;
import faults.Verdict.Finding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a failing run: all that concerns the alert, and nothing else. The store has the service's own tables. */
@Tag("fast")
final class ReportTest {

    private static final Instant AT = Instant.parse("2026-11-29T10:00:00Z");

    @TempDir
    Path work;

    private final Lives lives = new Lives();
    private final Alert alert = lives.alert(Kind.HOST, "critical", "warning", "ok");
    private Store store;
    private Path log;

    @BeforeEach
    void keepsWhatTheServiceKeeps() throws Exception {
        Path file = work.resolve("store.db");
        store = Store.sqlite(file);
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .placeholders(Map.of("identity", "INTEGER PRIMARY KEY AUTOINCREMENT", "blob", "BLOB"))
                .load()
                .migrate();
        execute("INSERT INTO problem (id, stream, problem_key, received, delivered) VALUES (1, 'redmine', 'p1', 3, 1)");
        execute("INSERT INTO alert (id, stream, org, alert_key, problem_id) VALUES (1, 'redmine', 'o', 'alert1', 1)");
        execute("INSERT INTO event (received_at, kind, alert_id, problem_id, seq, notification)"
                + " VALUES (17, 'alert', 1, 1, 1, '{\"message\":\"t1c1\"}')");
        execute(
                "INSERT INTO step (alert_id, at, issue, up_to, action, why) VALUES (1, 18, 7, 1, 'create', 'it is new')");
        log = Files.writeString(
                work.resolve("instance-1.log"), "made #7\nmade #70\nmade #9\nabout alert1\nabout alert12\n");
        Lives.accepted(alert, 1);
        Lives.unanswered(alert, 2);
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + work.resolve("store.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void tells_what_happened_what_came_in_what_was_done_what_was_asked_and_what_the_log_says() throws Exception {
        String said = said(new Finding(Verdict.Kind.TWICE, alert, "has the tickets [#7, #9]"));

        assertThat(said).isEqualTo("""

                WRONG: TWICE alert1: has the tickets [#7, #9]
                  happened  t1c1 at 10060 critical
                  happened  t1c2 at 10120 warning (not acknowledged)
                  happened  t1c3 at 10180 ok (not posted)
                  came in   1 at 17: {"message":"t1c1"}
                  done      create #7 up to 1: it is new
                  asked     2026-11-29T10:00:00Z #1 POST /issues.json: passed on, Redmine says 201, 5 ms
                  asked     2026-11-29T10:00:00Z #2 GET /issues/7.json: passed on, Redmine says 201, 5 ms
                  asked     2026-11-29T10:00:00Z #4 PUT /issues/9.json: passed on, Redmine says 201, 5 ms
                  instance-1 made #7
                  instance-1 made #9
                  instance-1 about alert1
                """);
        assertThat(Files.readString(work.resolve("report.txt"))).isEqualTo(said);
    }

    @Test
    void tells_of_a_finding_without_an_alert_only_what_it_is() throws Exception {
        assertThat(said(new Finding(Verdict.Kind.TWICE, null, "#7 and #8 have the same marker")))
                .isEqualTo("\nWRONG: TWICE (no alert): #7 and #8 have the same marker\n");
    }

    @Test
    void keeps_every_request() throws Exception {
        said(new Finding(Verdict.Kind.LOST, alert, "has no ticket"));

        assertThat(Files.readAllLines(work.resolve("requests.log"))).hasSize(4);
    }

    @Test
    void reads_a_log_that_ends_within_a_character() throws Exception {
        Files.write(log, new byte[] {'a', 'l', 'e', 'r', 't', '1', ' ', (byte) 0xF0, (byte) 0x9F});

        assertThat(said(new Finding(Verdict.Kind.LOST, alert, "has no ticket"))).contains("  instance-1 alert1 ");
    }

    @Test
    void knows_from_the_store_what_waits_and_what_is_parked() throws Exception {
        assertThat(store.waiting()).isEqualTo(2);
        assertThat(store.parked()).isEmpty();

        execute("UPDATE problem SET delivered = received");
        execute("UPDATE alert SET parked = 'refused'");

        assertThat(store.waiting()).isZero();
        assertThat(store.parked()).containsExactly("alert1: refused");
    }

    private String said(Finding finding) throws Exception {
        List<Proxy.Entry> requests = List.of(
                request(1, "POST /issues.json", "{\"id\":\"alert1\"}"),
                request(2, "GET /issues/7.json", ""),
                request(3, "GET /issues/70.json", "alert12"),
                request(4, "PUT /issues/9.json", ""));
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, UTF_8));
        try {
            new Report(work, requests, store, Map.of("instance-1", log)).write(List.of(finding));
        } finally {
            System.setOut(console);
        }
        return said.toString(UTF_8);
    }

    private static Proxy.Entry request(int number, String line, String body) throws Exception {
        String text = line + " HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        Request request = Request.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
        return new Proxy.Entry(number, AT, request, Fault.NONE, "Redmine says 201", 5);
    }
}
