package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What something in front of Redmine answers is not believed: it is looked up, and then less is sent. */
@Tag("service")
class InFrontOfRedmineTest {

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    private static final String PAGE = "<!DOCTYPE html><html><head><title>Request blocked</title></head></html>";
    private static final Pattern NOTIFICATION = Pattern.compile("orgName");

    @TempDir
    Path folder;

    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        service = DeliverTest.deliveringTo(REDMINE, folder).start();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void deliver(TestAlerts alert) throws Exception {
        assertThat(service.post(alert.bytes()).statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(30)).until(service::isIdle);
    }

    private static FakeIssue ticket() {
        List<FakeIssue> issues = REDMINE.issues();
        assertThat(issues).hasSize(1);
        return issues.get(0);
    }

    private static long creations() {
        return REDMINE.requests().stream()
                .filter(request ->
                        request.method().equals("POST") && request.path().endsWith("/issues.json"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422, 451})
    void makes_one_ticket_of_a_creation_that_was_done_and_answered_by_a_page(int status) throws Exception {
        REDMINE.replaceAnswer(status, PAGE);
        deliver(critical());

        assertThat(ticket().description()).contains("orgName");
        assertThat(creations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 405, 406, 410, 413, 418, 421, 426, 431, 451, 499})
    void makes_one_ticket_of_a_creation_that_a_page_refused_once(int status) throws Exception {
        REDMINE.enqueueFailure(status, PAGE);
        deliver(critical());

        assertThat(ticket().subject()).startsWith("CRITICAL");
        assertThat(creations()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 413})
    void notes_once_what_was_done_and_answered_by_a_page(int status) throws Exception {
        deliver(warning());
        REDMINE.answerNormally().replaceAnswer(status, PAGE);
        deliver(critical());

        assertThat(ticket().notes()).hasSize(1);
        assertThat(ticket().subject()).startsWith("CRITICAL");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500, 502})
    void notes_once_what_was_done_and_cannot_be_looked_at_afterwards(int status) throws Exception {
        deliver(warning());
        REDMINE.answerNormally().answerNormally().enqueueFailure(status, "");
        deliver(critical());

        assertThat(ticket().notes()).hasSize(1);
        assertThat(service.count("alert WHERE parked IS NOT NULL")).isZero();
    }

    @Test
    void leaves_out_the_notification_where_a_firewall_dislikes_it_and_says_so() throws Exception {
        REDMINE.refuseAt(NOTIFICATION, 403, PAGE);
        deliver(critical().memo("Look at the runbook"));

        assertThat(ticket().description())
                .doesNotContain("orgName")
                .contains("Look at the runbook", "A proxy in front of Redmine refused the full text");
        assertThat(creations()).isEqualTo(2);
    }

    @Test
    void leaves_it_out_of_the_next_tickets_at_once() throws Exception {
        REDMINE.refuseAt(NOTIFICATION, 403, PAGE);
        deliver(critical());
        deliver(critical().id("2bjNext").monitor("Another"));

        assertThat(REDMINE.issues()).hasSize(2);
        assertThat(creations()).isEqualTo(3);
    }

    @Test
    void leaves_out_the_memo_too_where_that_is_what_is_disliked() throws Exception {
        REDMINE.refuseAt(Pattern.compile("SELECT"), 413, PAGE);
        deliver(critical().memo("SELECT 1 FROM users"));

        assertThat(ticket().description()).doesNotContain("SELECT").contains("refused the full text");
        assertThat(ticket().assignee()).isEqualTo("dev");
    }

    @Test
    void leaves_out_the_fields_where_those_are_what_is_disliked() throws Exception {
        REDMINE.refuseAt(Pattern.compile("custom_fields"), 403, PAGE);
        deliver(critical());

        assertThat(ticket().customFields().values()).allMatch(value -> value == null || value.isEmpty());
        assertThat(ticket().description()).contains("Left out, because Redmine refused it: custom field");
    }

    @Test
    void shortens_a_note_that_is_too_long() throws Exception {
        deliver(warning());
        REDMINE.refuseAt(Pattern.compile("x{2000}"), 413, PAGE);
        deliver(critical().message("x".repeat(5_000)));

        assertThat(ticket().notes())
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .contains("xxx", "refused the full text")
                        .doesNotContain("x".repeat(2_000)));
        assertThat(ticket().subject()).startsWith("CRITICAL");
    }

    @Test
    void parks_what_is_refused_at_its_barest_and_says_what_to_look_at() throws Exception {
        REDMINE.refuseAt(Pattern.compile("subject"), 403, PAGE);
        deliver(critical());

        assertThat(REDMINE.issues()).isEmpty();
        assertThat(service.count("alert WHERE parked LIKE '%look at Redmine, and at what is in front of it%'"))
                .isOne();
        assertThat(creations()).isEqualTo(4);
    }

    // --- a ticket on which Redmine takes no note any more

    private static final Pattern NOTE = Pattern.compile("\"notes\"");
    private static final String CLOSED = "{\"errors\":[\"Issue is closed for changes\"]}";

    @Test
    void goes_on_in_another_ticket_where_redmine_takes_no_note_and_it_gets_worse() throws Exception {
        deliver(warning());
        REDMINE.refuseAt(NOTE, 422, CLOSED);
        deliver(critical());

        assertThat(REDMINE.issues()).hasSize(2);
        FakeIssue other = REDMINE.issues().get(1);
        assertThat(other.subject()).startsWith("CRITICAL");
        assertThat(other.description()).contains("goes on from ticket 1");
        assertThat(other.relations()).isNotEmpty();
    }

    @Test
    void follows_the_alert_in_that_other_ticket_to_its_end() throws Exception {
        deliver(warning());
        REDMINE.refuseAt(NOTE, 422, CLOSED);
        deliver(critical());
        REDMINE.refuseNothing();
        deliver(critical().recovered(TestAlerts.OPENED.plusSeconds(600)));

        assertThat(REDMINE.issues()).hasSize(2);
        assertThat(REDMINE.issues().get(1).closed()).isTrue();
        assertThat(REDMINE.issues().get(0).notes()).isEmpty();
    }

    @Test
    void makes_one_such_ticket_and_parks_what_comes_when_that_takes_no_note_either() throws Exception {
        deliver(warning());
        REDMINE.refuseAt(NOTE, 422, CLOSED);
        deliver(critical());
        deliver(critical().status("unknown").statusChangedAt(TestAlerts.OPENED.plusSeconds(60)));

        assertThat(REDMINE.issues()).hasSize(2);
        assertThat(service.count("alert WHERE parked LIKE '%closed for changes%'"))
                .isOne();
    }

    @Test
    void makes_no_ticket_of_a_recovery_that_cannot_be_noted() throws Exception {
        deliver(warning());
        REDMINE.refuseAt(NOTE, 422, CLOSED);
        deliver(warning().recovered(TestAlerts.OPENED.plusSeconds(600)));

        assertThat(REDMINE.issues()).hasSize(1);
        assertThat(service.count("alert WHERE parked LIKE '%closed for changes%'"))
                .isOne();
    }
}
