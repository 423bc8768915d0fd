package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.observe.Meters;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What people do to our tickets in Redmine, and what is known of it within one poll. The same lives run against FakeRedmine and a real Redmine. dev is
 * a member of the project, admin is not.
 */
abstract class WhoIsOnItLife extends Lives {

    private static final String INTERVAL = "500ms";

    private final List<LoggedErrors> logs = new ArrayList<>();

    @AfterEach
    void closeLogs() {
        logs.forEach(LoggedErrors::close);
    }

    private LoggedErrors warnings(String name) {
        LoggedErrors log = LoggedErrors.of(name, Level.WARN);
        logs.add(log);
        return log;
    }

    private void begin() throws Exception {
        service.watching(INTERVAL).start();
        deliver(named(critical()));
    }

    private void does(String who, Map<String, Object> change) {
        assertThat(as(who).put(number(ticket()), change).status()).isEqualTo(204);
    }

    private void soon(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }

    private List<String> steps() {
        String all = service.text("GROUP_CONCAT(action || ': ' || why, CHAR(10)) FROM step");
        return all == null ? List.of() : all.lines().toList();
    }

    private long acknowledged() {
        return service.count("ticket WHERE acknowledged_at IS NOT NULL");
    }

    private long watched() {
        return service.count("ticket WHERE is_open");
    }

    /** A poll that is under way writes over it: so it is asked for until it is done. */
    private void soonBySweep(org.awaitility.core.ThrowingRunnable assertion) {
        soon(() -> {
            sweep();
            assertion.run();
        });
    }

    private void sweep() {
        service.execute("UPDATE redmine_watch SET swept_at = 0 WHERE since IS NOT NULL");
    }

    /** Long enough for two polls more. */
    private void afterTwoPolls() {
        line.forget();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> line.requests().stream()
                                .filter("GET /issues.json"::equals)
                                .count()
                        >= 2);
    }

    private Instant journal(int number) {
        return Instant.parse(
                ticket().path("journals").get(number).path("created_on").asText());
    }

    @Test
    void of_a_person_who_takes_it() throws Exception {
        begin();
        does("dev", Map.of("assigned_to_id", id("user_dev")));

        soon(() -> assertThat(acknowledged()).isOne());
        assertThat(service.text("acknowledged_at FROM ticket"))
                .isEqualTo(Long.toString(journal(0).toEpochMilli()));
        assertThat(steps()).anyMatch(step -> step.startsWith("acknowledge: dev Test took it, as its assignee"));

        does("dev", Map.of("status_id", id("status_in_progress"), "notes", "on it"));
        afterTwoPolls();
        assertThat(steps()).filteredOn(step -> step.startsWith("acknowledge")).hasSize(1);
    }

    @Test
    void of_one_who_changes_its_status_and_of_what_says_nothing() throws Exception {
        begin();
        does("dev", Map.of("notes", "what is this?", "subject", mark + " is mine"));
        afterTwoPolls();
        assertThat(acknowledged()).isZero();

        does("dev", Map.of("status_id", id("status_in_progress")));
        soon(() -> assertThat(acknowledged()).isOne());
    }

    @Test
    void of_one_who_hands_it_over_to_another() throws Exception {
        begin();
        does("admin", Map.of("assigned_to_id", id("user_dev")));
        soonBySweep(() -> assertThat(steps())
                .anyMatch(step -> step.contains("hand-over") && step.contains("gave it to dev Test")));
        assertThat(acknowledged()).isZero();

        does("dev", Map.of("notes", "I have it"));
        soon(() -> assertThat(acknowledged()).isOne());
        assertThat(steps()).anyMatch(step -> step.startsWith("acknowledge: dev Test wrote a note, as its assignee"));
    }

    @Test
    void of_one_who_gives_it_back() throws Exception {
        begin();
        does("dev", Map.of("assigned_to_id", id("user_dev"), "status_id", id("status_in_progress")));
        soon(() -> assertThat(acknowledged()).isOne());

        does("dev", Map.of("assigned_to_id", ""));
        soon(() -> assertThat(acknowledged()).isZero());
        assertThat(steps()).anyMatch(step -> step.startsWith("taken-back: dev Test"));

        does("dev", Map.of("status_id", id("status_resolved")));
        soon(() -> assertThat(acknowledged()).isOne());
        does("dev", Map.of("status_id", id("status_new")));
        soon(() -> assertThat(acknowledged()).isZero());
    }

    @Test
    void of_one_who_closes_it() throws Exception {
        begin();
        does("dev", Map.of("status_id", id("status_closed"), "notes", "#noise"));

        soon(() -> assertThat(steps()).anyMatch(step -> step.startsWith("closed-by-person: dev Test")));
        assertThat(acknowledged()).isOne();
        assertThat(watched()).isZero();
        assertThat(steps()).noneMatch(step -> step.startsWith("acknowledge"));
    }

    @Test
    void of_an_administrator_who_is_no_member() throws Exception {
        begin();
        does("admin", Map.of("status_id", id("status_in_progress")));
        afterTwoPolls();
        soonBySweep(() -> assertThat(acknowledged()).isOne());

        does("admin", Map.of("status_id", id("status_new")));
        soonBySweep(() -> assertThat(acknowledged()).isZero());
    }

    /** Redmine shows such a ticket as one that was not changed since it was made. */
    @Test
    void of_one_who_acts_in_the_second_in_which_it_is_made() throws Exception {
        service.watching("1h").start();
        JsonNode made = madeAndTakenAtOnce();
        service.close();

        service.watching(INTERVAL).start();

        soonBySweep(() -> assertThat(service.text("acknowledged_at FROM ticket WHERE issue = " + made.path("id")))
                .isNotNull());
    }

    private JsonNode madeAndTakenAtOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            deliver(named(critical()).id(mark + i).monitor(mark + " " + i));
            JsonNode last = tickets().get(i);
            as("admin").put(number(last), Map.of("status_id", id("status_in_progress")));
            JsonNode now = shown(last.path("id").asInt());
            if (now.path("updated_on").equals(now.path("created_on"))) {
                return now;
            }
        }
        throw new IllegalStateException("Redmine is too slow to make and change a ticket within one second");
    }

    @Test
    void who_had_it_before_it_was_opened_again_has_it_no_more() throws Exception {
        begin();
        does("dev", Map.of("assigned_to_id", id("user_dev")));
        soon(() -> assertThat(acknowledged()).isOne());
        deliver(recoveredAt(60, named(critical())));
        assertThat(acknowledged()).isOne();

        deliver(at(120, named(critical())));

        assertThat(steps()).anyMatch(step -> step.startsWith("reopen: "));
        assertThat(acknowledged()).isZero();
        afterTwoPolls();
        assertThat(acknowledged()).isZero();
        does("dev", Map.of("notes", "I have it again"));
        soon(() -> assertThat(acknowledged()).isOne());
        assertThat(steps()).filteredOn(step -> step.startsWith("acknowledge")).hasSize(2);
    }

    @Test
    void of_a_person_who_uses_our_key() throws Exception {
        begin();
        does("bot", Map.of("status_id", id("status_in_progress"), "notes", "a person, by the bot's key"));
        sweep();
        afterTwoPolls();

        assertThat(acknowledged()).isZero();
    }

    @Test
    void of_a_ticket_that_is_moved_and_then_taken() throws Exception {
        begin();
        afterTwoPolls();
        does("admin", Map.of("project_id", id("project_tracker_not_enabled")));
        sweep();
        afterTwoPolls();
        assertThat(acknowledged()).isZero();

        does("dev", Map.of("assigned_to_id", id("user_dev")));
        soon(() -> assertThat(acknowledged()).isOne());
    }

    @Test
    void of_a_ticket_that_is_made_private_and_then_taken() throws Exception {
        begin();
        does("admin", Map.of("is_private", true));
        soonBySweep(
                () -> assertThat(service.count("ticket WHERE seen_journal > 0")).isOne());
        assertThat(acknowledged()).isZero();
        does("admin", Map.of("status_id", id("status_in_progress")));

        soonBySweep(() -> assertThat(acknowledged()).isOne());
    }

    @Test
    void of_a_ticket_that_is_moved_to_where_we_may_not_look() throws Exception {
        begin();
        afterTwoPolls();
        does("admin", Map.of("project_id", id("project_not_a_member")));
        soonBySweep(() -> assertThat(watched()).isZero());
        assertThat(acknowledged()).isZero();
    }

    @Test
    void of_a_ticket_that_is_deleted() throws Exception {
        begin();
        afterTwoPolls();
        as("admin").delete(number(ticket()));
        soonBySweep(() -> assertThat(watched()).isZero());
        line.forget();
        Thread.sleep(1500);
        assertThat(line.requests()).isEmpty();
    }

    @Test
    void of_a_note_that_is_deleted_after_it_was_read() throws Exception {
        begin();
        does("admin", Map.of("assigned_to_id", id("user_dev")));
        does("dev", Map.of("notes", "I have it"));
        soon(() -> assertThat(acknowledged()).isOne());

        JsonNode note = ticket().path("journals").get(1);
        as("admin").putNote(note.path("id").asInt(), "");
        assertThat(ticket().path("journals")).hasSize(1);
        does("dev", Map.of("subject", mark + " is known"));
        afterTwoPolls();

        assertThat(acknowledged()).isOne();
        assertThat(steps()).filteredOn(step -> step.startsWith("acknowledge")).hasSize(1);
    }

    /** The first poll comes some seconds after the start, and no list of changes shows what was done before ours. */
    @Test
    void of_one_who_took_it_and_is_seen_by_the_first_delivery_after_a_start() throws Exception {
        service.watching("1h").start();
        deliver(named(critical()));
        service.close();
        does("dev", Map.of("assigned_to_id", id("user_dev")));
        service.start();

        deliver(recoveredAt(600, named(critical())));

        assertThat(acknowledged()).isOne();
    }

    @Test
    void the_metric_counts_the_open_tickets_that_nobody_is_on() throws Exception {
        begin();
        assertThat(unacknowledged()).isOne();
        does("dev", Map.of("status_id", id("status_in_progress")));

        soon(() -> assertThat(unacknowledged()).isZero());
    }

    private double unacknowledged() {
        return Meters.of(service.camelContext())
                .get("mackerel.redmine.unacknowledged.tickets")
                .gauge()
                .value();
    }

    /** The route hears of each act once, and of who it was. */
    @Test
    void ticket_changed_hears_of_it() throws Exception {
        Path route = folder.resolve("ticket-changed.camel.yaml");
        Files.writeString(route, """
                # What arrives?
                - route:
                    id: ticket-changed
                    description: Logs each change
                    note: contract 1
                    from:
                      uri: direct:ticket-changed
                      steps:
                        - log: {loggingLevel: WARN, message: "GOT ${body.action} ${body.person} ${body.givenTo} ${body.ticket.assignee} ${body}"}
                """);
        service.withTicketChanged(route);
        begin();
        LoggedErrors log = warnings("dev.mackerelredmine");
        LoggedErrors other = warnings("ticket-changed");
        does("admin", Map.of("assigned_to_id", id("user_dev")));
        soonBySweep(() -> assertThat(logged(log, other))
                .anyMatch(line -> line.contains("GOT hand-over") && line.contains("to dev Test (")));
        does("dev", Map.of("status_id", id("status_in_progress")));
        soon(() -> assertThat(logged(log, other))
                .anyMatch(line ->
                        line.startsWith("GOT acknowledge dev Test ") && line.contains("dev Test is on ticket")));
        does("dev", Map.of("status_id", id("status_closed")));
        soon(() -> assertThat(logged(log, other)).anyMatch(line -> line.startsWith("GOT closed-by-person dev Test")));

        assertThat(logged(log, other))
                .filteredOn(line -> line.contains("GOT acknowledge"))
                .hasSize(1);
    }

    private static List<String> logged(LoggedErrors... logs) {
        return Stream.of(logs)
                .flatMap(log -> log.messages().stream())
                .filter(line -> line.startsWith("GOT"))
                .distinct()
                .toList();
    }

    @Test
    void nothing_is_asked_while_no_ticket_is_open() throws Exception {
        service.watching(INTERVAL).start();
        Thread.sleep(5000);
        assertThat(line.requests()).isEmpty();

        deliver(named(critical()));
        afterTwoPolls();
        deliver(recoveredAt(600, named(critical())));
        soon(() ->
                assertThat(service.count("redmine_watch WHERE since IS NULL")).isOne());
        line.forget();
        Thread.sleep(1500);
        assertThat(line.requests()).isEmpty();
    }

    @Test
    void an_answer_that_makes_no_sense_costs_one_poll() throws Exception {
        begin();
        afterTwoPolls();
        line.misbehave(
                "^GET /issues.json",
                Misbehaviour.answer(
                        200,
                        Map.of("Content-Type", "application/json"),
                        "{\"issues\": [{\"id\": 1, \"updated_on\": \"soon\"}], \"total_count\": 1}"),
                1);
        soon(() -> assertThat(line.misbehaved()).isOne());
        does("dev", Map.of("assigned_to_id", id("user_dev")));

        soon(() -> assertThat(acknowledged()).isOne());
    }

    @Test
    void a_poll_costs_one_request_where_nothing_has_changed() throws Exception {
        begin();
        soon(() -> assertThat(service.count("redmine_watch WHERE swept_at IS NOT NULL"))
                .isOne());
        afterTwoPolls();
        afterTwoPolls();

        assertThat(line.requests()).containsOnly("GET /issues.json");
    }

    @Test
    void the_operator_is_notified_once_of_critical_tickets_that_nobody_acknowledges() throws Exception {
        service.watching(INTERVAL).with("ticket.unanswered-after", "4s").start();
        LoggedErrors log = warnings("dev.mackerelredmine.routes");
        deliver(named(critical()));
        deliver(named(warning()).id(mark + "w").monitor(mark + " w"));

        soon(() -> assertThat(String.join("\n", log.messages()))
                .contains("Nobody is on it: 1")
                .contains(mark));
        afterTwoPolls();
        afterTwoPolls();
        assertThat(log.messages())
                .filteredOn(message -> message.contains("Nobody is on it"))
                .hasSize(1);
    }

    @Test
    void the_operator_is_not_notified_of_one_that_somebody_has_just_taken() throws Exception {
        LoggedErrors log = warnings("dev.mackerelredmine.routes");
        begin();
        afterTwoPolls();
        does("admin", Map.of("status_id", id("status_in_progress")));
        // It is due in a moment, and was read last before somebody took it.
        long age = System.currentTimeMillis() - Long.parseLong(service.text("MAX(at) FROM step"));
        service.execute("UPDATE ticket SET unanswered_after = " + (age + 1500));

        soon(() -> assertThat(acknowledged()).isOne());
        afterTwoPolls();
        assertThat(log.messages()).noneMatch(message -> message.contains("Nobody is on it"));
    }
}
