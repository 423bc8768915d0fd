package dev.mackerelredmine.web;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.observe.RecentRequests;
import dev.mackerelredmine.observe.RecentRequests.Request;
import dev.mackerelredmine.operate.Operations;
import dev.mackerelredmine.operate.Running;
import dev.mackerelredmine.operate.StatusReader;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.RedmineBreaker.Outage;
import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.store.ClockedStore;
import dev.mackerelredmine.store.Problem;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.AlertHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages know of how deliveries and Redmine stand, out of the store. */
@Tag("fast")
final class StandingsTest {

    private static final String REDMINE = "https://redmine.example";
    private static final Duration TOOK = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final RecentRequests requests = new RecentRequests();
    private Store store;
    private Outage outage;

    @BeforeEach
    void open() throws IOException {
        store = ClockedStore.in(folder, clock);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private Standing standing(String address) {
        StatusReader status = new StatusReader(
                store,
                () -> new Running(outage != null, null, null, null),
                new StatusReader.Rules(address, false, Duration.ofDays(1), Duration.ofMinutes(15)),
                clock);
        return new Standings(
                        new Standings.Sources(store, new Operations(store, clock), status),
                        new Standings.Known(side(address), requests, () -> null),
                        new Standings.Rules(Duration.ofMinutes(15), 5))
                .at(clock.instant());
    }

    private RedmineSide side(String address) {
        return new RedmineSide(address, () -> Optional.ofNullable(outage));
    }

    private AlertView alert(String id) {
        AlertViews views = new AlertViews(store, requests, side(REDMINE));
        return views.view(views.records(id).get(0), clock.instant());
    }

    /** Answers when it was answered. */
    private Instant asked(String outcome) {
        Instant at = clock.instant();
        requests.add(new Request(at, "GET", "/issues.json", outcome, TOOK, null));
        return at.plus(TOOK);
    }

    private String answers() {
        return standing(REDMINE).redmine().answers();
    }

    // --- Redmine

    @Test
    void redmine_answers_only_where_it_was_asked_lately() {
        assertThat(answers()).isEqualTo("not-asked");
        assertThat(standing(REDMINE).redmine().lastAnswer()).isNull();

        Instant answered = asked("200");
        assertThat(answers()).isEqualTo("yes");

        clock.goOn(Duration.ofMinutes(16));
        assertThat(answers()).isEqualTo("not-asked");
        assertThat(standing(REDMINE).redmine().lastAnswer()).isEqualTo(answered);

        asked("no-answer");
        assertThat(answers()).isEqualTo("no");
        assertThat(standing(REDMINE).redmine().lastAnswer()).isEqualTo(answered);
    }

    @Test
    void redmine_does_not_answer_while_it_is_away() {
        asked("200");
        outage = new Outage(clock.instant(), "connection refused");

        assertThat(answers()).isEqualTo("no");
        assertThat(standing(REDMINE).held()).isEqualTo("redmine-away");
    }

    @Test
    void a_preview_asks_no_redmine() {
        assertThat(standing(null).redmine().answers()).isEqualTo("preview");
    }

    // --- an alert without a ticket

    private Problem claimed(String id) {
        store.inbox().keep(critical().id(id).monitor(id).notification(), null);
        return store.deliveries().claim();
    }

    private AlertHistory history(Problem problem) {
        return store.deliveries()
                .history(problem, store.deliveries().undelivered(problem).get(0));
    }

    private void park(String id) {
        Problem problem = claimed(id);
        store.parked().park(problem, history(problem), "shop", new ParkedException("Cost center cannot be blank"));
        store.deliveries().delivered(problem);
    }

    private AlertView.NoTicket none(String id) {
        return alert(id).ticket().none();
    }

    @Test
    void an_alert_that_is_parked_says_for_what() {
        Instant parked = clock.instant();
        park("A1");

        assertThat(none("A1")).isEqualTo(new AlertView.NoTicket("parked", "Cost center cannot be blank"));
        assertThat(alert("A1").delivery().since()).isBetween(parked.minusMillis(1), clock.instant());
        assertThat(alert("A1").delivery().nextTry()).isAfter(parked);
    }

    @Test
    void an_alert_that_was_dropped_says_why() {
        park("A1");
        store.parkedDeliveries().drop(store.parkedDeliveries().all().get(0), "a test", "alice");

        assertThat(none("A1"))
                .isEqualTo(new AlertView.NoTicket("dropped", "a test (it was parked: Cost center cannot be blank)"));
    }

    @Test
    void an_alert_that_waits_says_for_what_how_often_it_was_tried_and_since_when() {
        Instant came = clock.instant();
        Problem problem = claimed("A1");
        assertThat(none("A1").word()).isEqualTo("under-way");

        store.deliveries().retryAfterError(problem, new IllegalStateException("500"));
        AlertView.Delivery delivery = alert("A1").delivery();
        assertThat(none("A1")).isEqualTo(new AlertView.NoTicket("waits", "java.lang.IllegalStateException: 500"));
        assertThat(delivery.tries()).isEqualTo(1);
        assertThat(delivery.since()).isBetween(came.minusMillis(1), clock.instant());
        assertThat(delivery.nextTry()).isAfter(came);

        outage = new Outage(clock.instant(), "connection refused");
        assertThat(none("A1").word()).isEqualTo("redmine-away");

        store.pauses().pause("alice");
        assertThat(none("A1").word()).isEqualTo("paused");
        assertThat(standing(REDMINE).held()).isEqualTo("paused");
    }

    @Test
    void an_alert_that_was_skipped_says_what_was_decided() {
        AlertRecord.Step step = new AlertRecord.Step(0, null, 1, "nothing", "policy.camel.yaml skips it: noise", null);
        claimed("A1");
        AlertRecord known = store.histories().records("A1").get(0);
        AlertView.Delivery delivered = new AlertView.Delivery(false, null, null, null, 0, null, false, null);

        assertThat(NoTickets.why(with(known, step), delivered))
                .isEqualTo(new AlertView.NoTicket("decided", "policy.camel.yaml skips it: noise"));
        assertThat(NoTickets.why(known, delivered).word()).isEqualTo("unknown");
    }

    private static AlertRecord with(AlertRecord known, AlertRecord.Step step) {
        return new AlertRecord(
                known.key(),
                known.fromPreview(),
                known.problem(),
                known.unreported(),
                known.people(),
                known.events(),
                List.of(step),
                known.pauses(),
                known.escalations(),
                known.delivery(),
                known.acknowledgedAt(),
                known.incident(),
                known.members());
    }

    // --- severity and state

    @Test
    void an_alert_that_is_over_keeps_the_highest_severity_that_it_had() {
        store.inbox().keep(critical().id("A1").notification(), null);
        store.inbox().keep(critical().id("A1").recovered(clock.instant()).notification(), null);
        store.openings().sumUp();

        assertThat(alert("A1").severity()).isEqualTo("critical");
        assertThat(alert("A1").status()).isEqualTo("ok");
        assertThat(standing(REDMINE).deliveries().waiting()).singleElement().satisfies(waits -> {
            assertThat(waits.severity()).isEqualTo("critical");
            assertThat(waits.status()).isEqualTo("ok");
        });
    }
}
