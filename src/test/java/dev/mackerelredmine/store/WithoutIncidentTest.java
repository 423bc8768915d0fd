package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.incident.GroupingRules;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Histories;
import dev.mackerelredmine.ticket.Membership;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alert whose policy names no incident costs no statement, in no delivery: here each one fails. */
@Tag("fast")
class WithoutIncidentTest {

    private static final Problem PROBLEM = new Problem(1, "problem", 1, 0, 0, "lease");

    @TempDir
    Path folder;

    private final AlertHistory history = Histories.of(critical()).history();
    private Database closed;
    private Steps steps;

    @BeforeEach
    void open() {
        closed = new Database(new StoreAddress("jdbc:sqlite:" + folder.resolve("store.db"), null, null));
        closed.close();
        steps = new Steps(closed, "redmine", step -> List.of(), step -> {}, Clock.systemUTC());
    }

    private Incidents incidents() {
        GroupingRules rules = new GroupingRules(3, Duration.ofMinutes(10), Duration.ofHours(4), 10);
        return new Incidents(
                closed,
                new Incidents.Rules(rules, Duration.ofMinutes(10)),
                new NotificationReader(),
                steps,
                Clock.systemUTC());
    }

    @Test
    void is_not_looked_for_where_it_has_no_name() {
        assertThat(incidents().joins(PROBLEM, history, null)).isFalse();

        assertThatThrownBy(() -> incidents().joins(PROBLEM, history, "Shop")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void is_not_read_with_an_alert_that_belongs_to_none() {
        AlertRow alone = new AlertRow("example", "2bjA", 0, null, null, 0, null, false, null, null, null);

        assertThat(new Memberships(closed, new NotificationReader()).of(alone)).isEqualTo(Membership.NONE);
    }

    @Test
    void gets_no_ticket_that_is_created_or_changed() {
        IncidentLinks links = new IncidentLinks(closed, steps, Clock.systemUTC());

        links.begins(history);
        links.written(history);

        assertThat(history.isMember() || history.isIncident() || history.owesLink())
                .as("what the route asks before it does more")
                .isFalse();
    }
}
