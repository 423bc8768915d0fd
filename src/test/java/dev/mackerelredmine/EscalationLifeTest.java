package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.paging.Auditor;
import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.redmine.RedmineCaller;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole lives of escalations: a critical alert, its ticket, the people who are notified by a chat that is an HTTP server, and what ends it. */
@Tag("service")
class EscalationLifeTest extends EscalatingService {

    private static final String OURS = "dev.mackerelredmine";

    private final List<LoggedErrors> logs = new ArrayList<>();

    @AfterEach
    void closeLogs() {
        logs.forEach(LoggedErrors::close);
    }

    private LoggedErrors log(Level level) {
        LoggedErrors log = LoggedErrors.of(OURS, level);
        logs.add(log);
        return log;
    }

    // --- what is set

    private void fires() throws Exception {
        assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(202);
        soon(() -> assertThat(service.count("escalation")).isOne());
    }

    private void does(String who, Map<String, Object> change) {
        RedmineCaller caller = new RedmineCaller(redmine.url(), redmine.id("key_" + who));
        String issue = "/issues/" + redmine.issues().get(0).id() + ".json";
        assertThat(caller.put(issue, change).status()).isEqualTo(204);
    }

    private String ended() {
        return service.text("ended_for FROM escalation");
    }

    private Store store() {
        return service.camelContext().getRegistry().lookupByNameAndType("store", Store.class);
    }

    // --- what is sent

    @Test
    void notifies_one_after_the_other_until_somebody_takes_the_ticket() throws Exception {
        start(
                "{at: 0m, notify: dev Test, by: [webhook]}",
                "{at: 1h, notify: Hanako Yamada, by: [webhook]}",
                "{at: 2h, notify: dev Test, by: [webhook]}");
        fires();

        soon(() -> assertThat(said()).containsExactly("escalation.page dev Test 1"));
        assertThat(Scrape.of(service).value("pages_total{means=\"webhook\",outcome=\"accepted\"}"))
                .isOne();
        assertThat(Scrape.of(service).value("escalations_running")).isOne();
        assertThat(Scrape.of(service).series().keySet()).contains("mackerel_redmine_escalations_stuck");
        assertThat(posted.get(0).at("/data/text").asText())
                .contains("CPU %", "/issues/" + redmine.issues().get(0).id());
        makeDue();
        soon(() -> assertThat(said()).containsExactly("escalation.page dev Test 1", "escalation.page Hanako Yamada 2"));

        does("dev", Map.of("assigned_to_id", redmine.id("user_dev")));
        soon(() -> assertThat(ended()).isEqualTo("acknowledged by dev Test"));
        makeDue();
        Thread.sleep(1000);
        assertThat(posted).hasSize(2);
    }

    @Test
    void a_note_of_somebody_who_was_notified_ends_it_and_one_of_another_does_not() throws Exception {
        start("{at: 0m, notify: dev Test, by: [webhook]}", "{at: 1h, notify: Hanako Yamada, by: [webhook]}");
        fires();
        soon(() -> assertThat(posted).hasSize(1));
        does("admin", Map.of("notes", "what is this?"));
        Thread.sleep(1500);
        assertThat(ended()).isNull();

        does("dev", Map.of("notes", "I look at it"));
        soon(() -> assertThat(ended()).isEqualTo("acknowledged by dev Test"));
        assertThat(service.count("step WHERE why LIKE '%having been notified%'"))
                .isOne();
    }

    @Test
    void says_that_it_is_over_to_whom_it_notified() throws Exception {
        start("{at: 0m, notify: dev Test, by: [webhook]}", "{at: 1h, notify: Hanako Yamada, by: [webhook]}");
        fires();
        soon(() -> assertThat(posted).hasSize(1));

        service.post(ok().bytes());

        soon(() -> assertThat(said()).containsExactly("escalation.page dev Test 1", "escalation.over dev Test 0"));
        assertThat(ended()).isEqualTo("recovered");
    }

    @Test
    void whom_it_is_handed_over_to_is_notified_and_the_first_step_waits() throws Exception {
        start("{at: 0m, notify: Hanako Yamada, by: [webhook]}", "{at: 1h, notify: Hanako Yamada, by: [webhook]}");
        fires();
        soon(() -> assertThat(posted).hasSize(1));
        does("admin", Map.of("status_id", redmine.id("status_in_progress")));
        soon(() -> {
            service.execute("UPDATE redmine_watch SET swept_at = 0 WHERE since IS NOT NULL");
            assertThat(ended()).startsWith("acknowledged by");
        });

        does("admin", Map.of("assigned_to_id", redmine.id("user_dev")));
        soon(() -> {
            service.execute("UPDATE redmine_watch SET swept_at = 0 WHERE since IS NOT NULL");
            assertThat(said()).contains("escalation.hand-over dev Test 0");
        });
        Thread.sleep(1000);
        assertThat(said()).containsExactly("escalation.page Hanako Yamada 1", "escalation.hand-over dev Test 0");
        makeDue();
        soon(() -> assertThat(said())
                .containsExactly(
                        "escalation.page Hanako Yamada 1",
                        "escalation.hand-over dev Test 0",
                        "escalation.page Hanako Yamada 1"));
    }

    @Test
    void who_has_a_ticket_that_gets_worse_is_asked_and_answers_by_a_note() throws Exception {
        start("{at: 0m, notify: Hanako Yamada, by: [webhook]}");
        service.post(warning().bytes());
        soon(() -> assertThat(service.count("ticket WHERE issue IS NOT NULL")).isOne());
        does("dev", Map.of("assigned_to_id", redmine.id("user_dev")));
        soon(() -> assertThat(service.count("ticket WHERE acknowledged_at IS NOT NULL"))
                .isOne());

        service.post(critical().bytes());

        soon(() -> assertThat(said()).containsExactly("escalation.worse dev Test 0"));
        assertThat(ended()).isNull();
        does("dev", Map.of("notes", "I look at it"));
        soon(() -> assertThat(ended()).isEqualTo("acknowledged by dev Test"));
        makeDue();
        Thread.sleep(1000);
        assertThat(posted).hasSize(1);
    }

    @Test
    void who_has_a_ticket_that_one_more_alert_joins_is_asked() throws Exception {
        start("{at: 0m, notify: Hanako Yamada, by: [webhook]}");
        fires();
        soon(() -> assertThat(posted).hasSize(1));
        does("dev", Map.of("assigned_to_id", redmine.id("user_dev"), "status_id", redmine.id("status_in_progress")));
        soon(() -> assertThat(ended()).isEqualTo("acknowledged by dev Test"));
        service.post(ok().bytes());
        soon(() -> assertThat(service.count("alert WHERE status = 'ok'")).isOne());

        service.post(critical().id("2bjJOINS").statusChangedAt(Instant.now()).bytes());

        soon(() ->
                assertThat(said()).containsExactly("escalation.page Hanako Yamada 1", "escalation.worse dev Test 0"));
        assertThat(service.count("step WHERE action = 'join'")).isOne();
        assertThat(redmine.issues()).hasSize(1);
        does("dev", Map.of("notes", "I look at that, too"));
        soon(() ->
                assertThat(service.count("escalation WHERE ended_at IS NULL")).isZero());
        assertThat(posted).hasSize(2);
    }

    /** Between two polls: it does not wait for the next one. */
    @Test
    void a_ticket_that_somebody_had_and_that_we_open_again_escalates_at_once() throws Exception {
        service = escalating(
                        DeliverTest.deliveringTo(redmine, folder).with("redmine.assigned", ""),
                        file("{at: 1m, notify: Hanako Yamada, by: [webhook]}"))
                .watching("1h")
                .start();
        fires();
        does("dev", Map.of("assigned_to_id", redmine.id("user_dev")));
        service.post(ok().bytes());
        soon(() -> assertThat(service.count("ticket WHERE acknowledged_at IS NOT NULL AND NOT is_open"))
                .isOne());
        soon(() -> assertThat(ended()).isNotNull());

        service.post(critical().statusChangedAt(Instant.now()).bytes());

        soon(() ->
                assertThat(service.count("escalation WHERE ended_at IS NULL")).isOne());
        assertThat(redmine.issues()).hasSize(1);
        assertThat(service.count("step WHERE action = 'reopen'")).isOne();
        assertThat(service.count("step WHERE action = 'acknowledge'")).isOne();
        assertThat(service.count("ticket WHERE acknowledged_at IS NULL")).isOne();
    }

    @Test
    void in_redmine_it_assigns_the_ticket_with_a_note_and_that_answers_nothing() throws Exception {
        start(
                "{at: 0m, notify: dev Test, by: [redmine]}",
                "{at: 1h, notify: Nobody Known, by: [redmine]}",
                "{at: 9h, notify: dev Test, by: [redmine]}");
        fires();
        soon(() -> assertThat(redmine.issues().get(0).notes()).hasSize(1));
        assertThat(redmine.issues().get(0).notes().get(0))
                .startsWith("@dev\n\n")
                .contains("mackerel-redmine:page-");
        assertThat(redmine.issues().get(0).assignee()).isEqualTo("dev");

        service.execute("UPDATE page SET state = 'waiting', due_at = 0");
        soon(() -> assertThat(service.count("page WHERE state = 'accepted'")).isOne());
        assertThat(redmine.issues().get(0).notes()).hasSize(1);

        makeDue();
        soon(() -> assertThat(redmine.issues().get(0).notes()).hasSize(2));
        assertThat(redmine.issues().get(0).notes().get(1)).contains("Nobody Known");
        Thread.sleep(1200);
        assertThat(ended()).isNull();
    }

    @Test
    void the_ticket_says_once_what_became_of_a_round_and_goes_to_nobody() throws Exception {
        start("{at: 0m, notify: dev Test, by: [webhook]}", "{at: 0m, notify: Nobody Known, by: [webhook]}");
        fires();
        soon(() -> assertThat(posted).hasSize(1));
        soon(() -> assertThat(service.count("page WHERE kind = 'round'")).isOne());
        assertThat(redmine.issues().get(0).notes()).isEmpty();

        for (int i = 0; i < 2; i++) {
            service.execute("UPDATE page SET state = 'waiting', due_at = 0 WHERE kind = 'round'");
            soon(() -> assertThat(service.count("page WHERE kind = 'round' AND state = 'accepted'"))
                    .isOne());
        }

        assertThat(redmine.issues().get(0).notes())
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .contains("dev Test", "Nobody Known has no contact for webhook", "mackerel-redmine:page-")
                        .doesNotContain(SECRET));
        assertThat(redmine.issues().get(0).assignee()).isNull();
        assertThat(ended()).isNull();
        assertThat(posted).hasSize(1);
    }

    // --- what fails

    @Test
    void what_the_chat_refuses_is_sent_again_and_no_secret_is_said() throws Exception {
        LoggedErrors log = log(Level.INFO);
        answers.add(503);
        start("{at: 0m, notify: dev Test, by: [webhook]}");
        fires();
        soon(() -> assertThat(service.count("page WHERE tries = 1")).isOne());
        assertThat(log.messages())
                .anyMatch(line -> line.startsWith("Not notified, next try at") && line.contains("503"));
        service.execute("UPDATE page SET due_at = 0 WHERE kind = 'page'");

        soon(() -> assertThat(said()).containsExactly("escalation.page dev Test 1"));
        soon(() -> assertThat(service.count("page WHERE state = 'accepted'")).isOne());
        assertThat(String.join("\n", log.messages())).doesNotContain(SECRET);
        assertThat(service.count("page WHERE why LIKE '%" + SECRET + "%'")).isZero();
    }

    @Test
    void a_page_that_was_claimed_by_a_service_that_was_killed_is_sent_again_with_the_same_id() throws Exception {
        start("{at: 0m, notify: dev Test, by: [webhook]}");
        fires();
        soon(() -> assertThat(service.count("page WHERE state = 'accepted'")).isOne());
        service.execute("UPDATE page SET state = 'waiting', due_at = 1, lease_until = " + Long.MAX_VALUE);
        service.close();

        service.start();

        soon(() -> assertThat(posted).hasSize(2));
        assertThat(posted.get(1).at("/data/id")).isEqualTo(posted.get(0).at("/data/id"));
    }

    @Test
    void a_changed_file_that_is_wrong_is_not_used_and_the_operator_hears_of_it() throws Exception {
        LoggedErrors log = log(Level.WARN);
        start("{at: 0m, notify: dev Test, by: [webhook]}", "{at: 1h, notify: dev Test, by: [webhook]}");
        fires();
        soon(() -> assertThat(posted).hasSize(1));
        Files.writeString(folder.resolve("escalation.yaml"), "policies: {critical-alerts: {stepz: []}}");

        makeDue();
        soon(() -> assertThat(posted).hasSize(2));
        service.camelContext().getRegistry().findSingleByType(Auditor.class).audit();
        soon(() ->
                assertThat(log.messages()).anyMatch(line -> line.startsWith("Escalation does not work as it should")));
        assertThat(log.messages())
                .filteredOn(line -> line.contains("has changed and cannot be used"))
                .hasSize(1);

        file("{at: 0m, notify: dev Test, by: [webhook]}", "{at: 3h, notify: dev Test, by: [webhook]}");
        soon(() -> {
            service.camelContext().getRegistry().findSingleByType(Auditor.class).audit();
            assertThat(service.count("notice WHERE kind = 'escalation-stuck'")).isZero();
        });
    }

    @Test
    void the_operator_hears_once_of_one_that_nobody_answered() throws Exception {
        LoggedErrors log = log(Level.WARN);
        service = escalating(
                        DeliverTest.deliveringTo(redmine, folder).with("redmine.assigned", ""),
                        file("{at: 0m, notify: dev Test, by: [webhook]}"))
                .with("escalation.hand-over-wait", "1s")
                .start();
        fires();

        soon(() -> assertThat(log.messages())
                .anyMatch(line -> line.startsWith("Nobody answers, and nobody is notified any more: 1")));
        Thread.sleep(1000);
        assertThat(log.messages())
                .filteredOn(line -> line.startsWith("Nobody answers"))
                .hasSize(1);
    }

    @Test
    void a_wrong_file_stops_the_start() throws Exception {
        Path file = Files.writeString(folder.resolve("escalation.yaml"), "policies: {critical-alerts: {stepz: []}}");
        RunningService wrong = escalating(DeliverTest.deliveringTo(redmine, folder), file);

        assertThatThrownBy(wrong::start)
                .hasStackTraceContaining(SettingsException.class.getName())
                .hasStackTraceContaining("stepz");
        wrong.close();
    }

    // --- what people stop

    @Test
    void is_stopped_and_held_by_commands() throws Exception {
        start("{at: 0m, notify: dev Test, by: [webhook]}", "{at: 1h, notify: Hanako Yamada, by: [webhook]}");
        store().escalations().pause();
        assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20)).until(service::isIdle);
        Thread.sleep(2500);
        assertThat(posted).isEmpty();
        assertThat(command("list")).contains("Paused since ", "No escalation runs.");

        assertThat(command("resume")).contains("go on");
        soon(() -> assertThat(posted).hasSize(1));
        int issue = redmine.issues().get(0).id();
        assertThat(command("list")).contains("#" + issue, "critical-alerts", "runs");

        assertThat(command("stop", "#" + issue)).contains("Nobody is notified of ticket #" + issue);
        assertThat(command("list")).contains("stopped by ");
        makeDue();
        Thread.sleep(1000);
        assertThat(posted).hasSize(1);
    }

    private String command(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "escalations";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        ServiceProcess process = new ServiceProcess(folder, all)
                .with(Map.of(
                        "REDMINE_URL",
                        redmine.url(),
                        "REDMINE_APIKEY",
                        redmine.apiKey(),
                        "REDMINE_PROJECT",
                        "alert",
                        "STORE_URL",
                        "jdbc:sqlite:" + folder.resolve("data").resolve("store.db")))
                .start();
        assertThat(process.exitCode()).as(process.output()).isZero();
        return process.output();
    }

    // --- where nobody is notified

    @Test
    void a_preview_says_whom_it_would_notify() throws Exception {
        LoggedErrors log = log(Level.INFO);
        service = escalating(new RunningService(folder), file("{at: 0m, notify: dev Test, by: [webhook]}"))
                .start();
        fires();

        soon(() -> assertThat(log.messages()).anyMatch(line -> line.startsWith("would notify dev Test by webhook: ")));
        assertThat(posted).isEmpty();
        assertThat(service.count("page WHERE state = 'accepted'")).isOne();
    }

    @Test
    void without_a_file_nothing_of_it_is_there() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder).start();

        assertThat(service.camelContext().getRegistry().findByType(Auditor.class))
                .isEmpty();
        assertThat(service.camelContext().getRoutes())
                .extracting(org.apache.camel.Route::getId)
                .doesNotContain("escalation-poll", "page", "notify", "escalation-audit");
    }
}
