package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.ticket.Membership.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What counts of several things that came in: the rest is reported with it. */
@Tag("fast")
class EffectTest {

    /** What is only counted writes nothing, and the change of the list would be reported with it. */
    @Test
    void an_incidents_list_that_changed_is_written_though_the_same_was_said_again() {
        AlertHistory again = Histories.reported(critical()).then(critical()).history();
        assertThat(Effect.of(again)).isEqualTo(Effect.RESEND);

        assertThat(Effect.of(ofIncident(again))).isEqualTo(Effect.LIST);
    }

    private static AlertHistory ofIncident(AlertHistory history) {
        List<Change> changes = new ArrayList<>(history.changes());
        changes.add(new Change(
                history.last() + 1,
                TestAlerts.OPENED,
                new NotificationReader().readKept("{\"event\":\"incident-list\"}")));
        return new AlertHistory(
                history.alert(),
                history.key(),
                history.reported(),
                changes,
                Set.of(),
                history.ticket(),
                history.predecessor(),
                null,
                new Membership(Role.INCIDENT, 1, 42L, true, false, null, null));
    }
}
