package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.redmine.LoggedErrors;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redmine answers 204 also to what the role may not do: it is found, said once, and nothing of it is lost. */
abstract class DroppedWrites extends Lives {

    @AfterEach
    void putBack() {
        redmine().putBack();
    }

    @Test
    void of_a_role_that_may_not_edit_tickets_of_the_tracker() throws Exception {
        redmine().setUp().onlyForBugs("edit_issues");
        service.start();
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine.routes")) {
            deliver(named(warning()), at(60, named(critical())), recoveredAt(600, named(critical())));

            assertThat(log.messages())
                    .anyMatch(message ->
                            message.contains("answered 204, and dropped: ") && message.contains("\"Edit issues\""));
        }
        assertThat(status(ticket())).isEqualTo("New");
        assertThat(notes(ticket())).hasSize(2).noneMatch(note -> note.contains("closed"));
    }

    @Test
    void of_a_role_that_may_not_add_notes_until_it_may() throws Exception {
        redmine().setUp().onlyForBugs("add_issue_notes").onlyForBugs("edit_issues");
        service.start();
        deliver(named(warning()), recoveredAt(600, named(warning())));

        assertThat(notes(ticket())).isEmpty();
        assertThat(service.count("alert WHERE parked LIKE '%dropped: note%Add notes%'"))
                .isOne();

        redmine().putBack();
        service.execute("UPDATE parked_cause SET next_at = 0");
        await().atMost(Duration.ofSeconds(20)).until(() -> !notes(ticket()).isEmpty());
        untilDelivered();

        assertThat(notes(ticket())).hasSize(1);
        assertThat(status(ticket())).isEqualTo("Closed");
    }

    @Test
    void of_a_role_that_may_do_all_which_costs_one_request_more_for_the_first_change_alone() throws Exception {
        redmine().setUp();
        service.start();
        deliver(named(warning()));
        line.forget();
        deliver(at(60, named(critical())));
        String number = number(ticket());
        assertThat(line.requests()).containsExactlyElementsOf(firstChange(ticket()));

        line.forget();
        deliver(recoveredAt(600, named(critical())));
        assertThat(line.requests()).containsExactly("GET " + number, "PUT " + number);
    }
}
