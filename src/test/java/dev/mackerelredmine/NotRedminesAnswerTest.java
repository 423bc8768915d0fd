package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.redmine.TestRedmine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to lose a note, or to make a second ticket, that the random test found. */
@Tag("service")
class NotRedminesAnswerTest extends Lives {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @Override
    TestRedmine redmine() {
        return redmine;
    }

    /** What is neither found by its marker nor by its field would be made again at each try. */
    @Test
    void of_a_ticket_that_redmine_takes_after_several_tries_and_without_its_description() throws Exception {
        redmine.setUp()
                .readOnlyInStatus("description", "new")
                .values("level", "warning")
                .maxLength("alert_id", 3);
        service.with("redmine.assigned", id("user_locked")).start();
        try (LoggedErrors log = LoggedErrors.of("")) {
            deliver(named(critical()));

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("ticket #1 is not as asked: description-changed");
        }

        assertThat(tickets()).hasSize(1);
        assertThat(line.requests()).allMatch(it -> it.startsWith("POST"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_a_closing_that_is_answered_by_a_login_page(boolean passedOn) throws Exception {
        service.start();
        deliver(named(critical()));
        Misbehaviour login = Misbehaviour.html(200);
        line.misbehave("^PUT ", passedOn ? login.afterPassingOn() : login, 1);

        deliver(recoveredAt(60, named(critical())));

        assertThat(line.misbehaved()).isOne();
        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(notes(ticket())).hasSize(1);
    }

    @Test
    void of_an_opening_that_is_done_and_answered_by_a_redirect() throws Exception {
        service.start();
        line.misbehave(
                "^POST ", Misbehaviour.redirect(302, "https://login.example/").afterPassingOn(), 1);

        deliver(named(critical()));

        assertThat(line.misbehaved()).isOne();
        assertThat(tickets()).hasSize(1);
    }
}
