package dev.mackerelredmine.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.fakemackerel.FakeAlert;
import dev.mackerelredmine.fakemackerel.FakeMackerel;
import dev.mackerelredmine.fakemackerel.FakeMonitor;
import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.RequestBudget;
import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.ClosesAlert;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.Issue.Named;
import dev.mackerelredmine.store.PendingAction;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which alerts a person closes at Mackerel by closing their ticket. */
@Tag("fast")
class ClosingsTest {

    private static final Instant T = Instant.parse("2026-11-20T00:00:00Z");
    private static final Act CLOSED = new Act(7, How.CLOSED, new Named(5, "dev\nTest"), T.getEpochSecond(), null);
    private static final WhoIsOnIt OPEN_AGAIN = new WhoIsOnIt(CLOSED, null, null);

    @RegisterExtension
    final FakeMackerel mackerel = new FakeMackerel();

    private FakeAlert alert(FakeMonitor monitor, String host) {
        return mackerel.open(monitor, host, "CRITICAL", T);
    }

    private FakeAlert closed(ClosesAlert which, FakeAlert alert) throws Exception {
        return closed(which, alert, new WhoIsOnIt(CLOSED, null, CLOSED));
    }

    private FakeAlert closed(ClosesAlert which, FakeAlert alert, WhoIsOnIt now) throws Exception {
        RequestBudget budget = new RequestBudget(Clock.systemUTC());
        MackerelApi api =
                new MackerelApi(mackerel.url(), FakeMackerel.KEY, budget, (method, path, outcome, time) -> {});
        var person = new PendingAction.Person(7, "dev Test", null);
        new Closings(api.besidePolls(), which)
                .write(new PendingAction(
                        1, "example", alert.id(), 42, null, "closed-by-person", 1, 0, person, now, "{}", "{}"));
        return alert;
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "WHEN_ORPHANED"})
    void says_which_ticket_it_was_and_who_closed_that(ClosesAlert which) throws Exception {
        FakeAlert alert = closed(which, alert(mackerel.hostMonitor("CPU %"), mackerel.host("web1", "poweroff")));

        assertThat(alert.isOpen()).isFalse();
        assertThat(alert.reason()).isEqualTo("Redmine #42, closed by dev Test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"working", "standby"})
    void an_alert_of_a_host_that_is_watched_is_no_orphan(String status) throws Exception {
        FakeMonitor monitor = mackerel.hostMonitor("CPU %");
        assertThat(closed(ClosesAlert.WHEN_ORPHANED, alert(monitor, mackerel.host("web1", status)))
                        .isOpen())
                .isTrue();
        assertThat(closed(ClosesAlert.ALWAYS, alert(monitor, mackerel.host("web1", status)))
                        .isOpen())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poweroff", "maintenance"})
    void an_alert_of_a_host_that_is_not_watched_is_an_orphan(String status) throws Exception {
        FakeAlert alert = alert(mackerel.hostMonitor("CPU %"), mackerel.host("web1", status));
        assertThat(closed(ClosesAlert.WHEN_ORPHANED, alert).isOpen()).isFalse();
    }

    @Test
    void an_alert_of_a_retired_host_or_of_one_that_is_not_there_is_an_orphan() throws Exception {
        FakeMonitor monitor = mackerel.hostMonitor("CPU %");
        String retired = mackerel.host(new FakeMackerel.Host("h1", "web1", "working", Map.of(), true));
        assertThat(closed(ClosesAlert.WHEN_ORPHANED, alert(monitor, retired)).isOpen())
                .isFalse();
        assertThat(closed(ClosesAlert.WHEN_ORPHANED, alert(monitor, "nowhere")).isOpen())
                .isFalse();
    }

    @Test
    void an_alert_whose_monitor_or_check_is_not_there_is_an_orphan() throws Exception {
        FakeMonitor service = mackerel.serviceMonitor("orders", "Shop");
        FakeMonitor check = mackerel.checkMonitor("log");
        String host = mackerel.host("web1");
        assertThat(closed(ClosesAlert.WHEN_ORPHANED, alert(service, null)).isOpen())
                .isTrue();
        assertThat(closed(ClosesAlert.WHEN_ORPHANED, alert(check, host)).isOpen())
                .isTrue();

        mackerel.withoutMonitor(service).withoutMonitor(check);
        assertThat(closed(ClosesAlert.WHEN_ORPHANED, alert(service, null)).isOpen())
                .isFalse();
        assertThat(closed(ClosesAlert.WHEN_ORPHANED, alert(check, host)).isOpen())
                .isFalse();
    }

    @Test
    void an_alert_that_is_closed_is_left_as_it_is() throws Exception {
        FakeAlert alert = alert(mackerel.hostMonitor("CPU %"), mackerel.host("web1"));
        alert.closedByHand("was a test", T);

        assertThat(closed(ClosesAlert.ALWAYS, alert).reason()).isEqualTo("was a test");
    }

    @Test
    void mackerel_is_not_even_asked_when_the_ticket_is_open_again() throws Exception {
        FakeAlert alert = alert(mackerel.hostMonitor("CPU %"), mackerel.host("web1"));

        assertThat(closed(ClosesAlert.ALWAYS, alert, OPEN_AGAIN).isOpen()).isTrue();
        assertThat(mackerel.requests()).isEmpty();
    }
}
