package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.FakeRedmine;
import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.redmine.TestRedmine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A field that is refused and one that is dropped without a word, in one ticket. */
class RefusedAndDroppedTest extends Lives {

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
}
