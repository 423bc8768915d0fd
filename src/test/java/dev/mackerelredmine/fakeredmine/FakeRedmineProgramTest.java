package dev.mackerelredmine.fakeredmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.FreePort;
import dev.mackerelredmine.redmine.RedmineCaller;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class FakeRedmineProgramTest {

    private static final String KEY = "b".repeat(40);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final int port = FreePort.next();
    private final RedmineCaller bot = new RedmineCaller("http://127.0.0.1:" + port, KEY);
    private FakeRedmineProgram program;

    @BeforeEach
    void start() {
        program = new FakeRedmineProgram(port, new PrintStream(printed, true, StandardCharsets.UTF_8));
        program.start();
    }

    @AfterEach
    void stop() {
        program.stop();
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void prints_the_settings_to_set() {
        assertThat(lines())
                .containsExactly(
                        "export REDMINE_URL=http://127.0.0.1:" + port,
                        "export REDMINE_APIKEY=" + KEY,
                        "export REDMINE_PROJECT=alert");
    }

    @Test
    void prints_a_line_for_each_request_with_what_it_did() {
        bot.post("/projects/alert/issues.json", Map.of("subject", "CRITICAL: ウェブ1 CPU %"));
        bot.put("/issues/1.json", Map.of("notes", "it recovered", "status_id", 5));
        bot.get("/trackers.json");
        bot.get("/issues/2.json");

        assertThat(lines().subList(3, lines().size()))
                .containsExactly(
                        "POST /projects/alert/issues.json 201 #1 [New, 0 notes] CRITICAL: ウェブ1 CPU %",
                        "PUT /issues/1.json 204 #1 [Closed, 1 note] CRITICAL: ウェブ1 CPU %",
                        "GET /trackers.json 200",
                        "GET /issues/2.json 404");
    }
}
