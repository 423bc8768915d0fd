package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.fakemackerel.FakeAlert;
import dev.mackerelredmine.fakemackerel.FakeMackerel;
import dev.mackerelredmine.fakemackerel.FakeMonitor;
import dev.mackerelredmine.reconcile.Reconciled;
import dev.mackerelredmine.reconcile.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of tickets while webhooks are lost: the whole service, FakeMackerel, and a Redmine. Time is set by a clock of the test. */
abstract class LostWebhooksLife extends Lives {

    private static final int ALERTS = 30;
    /** Each is a ticket; more where {@code -Dlost-webhooks.alerts=500} asks for them. */
    private final int alertsAtOnce = Integer.getInteger("lost-webhooks.alerts", 120);

    private static final Duration STEP = Duration.ofMinutes(2);

    final FakeMackerel mackerel = new FakeMackerel();
    private final MovableClock clock = new MovableClock();
    private FakeMonitor monitor;
    private String host;

    @BeforeEach
    void haveMackerel() {
        mackerel.withChannel("ours", "https://alerts.example.jp/mackerel");
        monitor = mackerel.hostMonitor(mark);
        host = mackerel.host("web1");
        service.with("mackerel.apikey", FakeMackerel.KEY)
                .with("mackerel.url", mackerel.url())
                .with("mackerel.reconcile-interval", "1h")
                .with("redmine.max-concurrency", "4")
                .bind("clock", clock)
                .without("service/mackerel");
    }

    @AfterEach
    void stopMackerel() {
        mackerel.stop();
    }

    private Instant now() {
        return clock.instant();
    }

    private Reconciled poll() {
        service.execute("UPDATE mackerel_look SET due_at = 0");
        Reconciled done = service.camelContext()
                .getRegistry()
                .findSingleByType(Reconciler.class)
                .poll();
        untilDelivered();
        clock.goOn(STEP);
        return done;
    }

    private void post(FakeAlert alert, FakeAlert.Log log) throws Exception {
        assertThat(service.post(mackerel.webhook(alert, log)).statusCode()).isEqualTo(202);
        untilDelivered();
    }

    /** For so long, by the clock of Mackerel and of polls. */
    private void down(Duration time, Runnable meanwhile) throws Exception {
        service.close();
        meanwhile.run();
        clock.goOn(time);
        service.start();
    }

    @Test
    void of_an_alert_that_opened_and_closed_while_we_were_down() throws Exception {
        service.start();
        poll();
        down(
                Duration.ofMinutes(9),
                () -> mackerel.open(monitor, host, "CRITICAL", now()).becomes("OK", now().plusSeconds(300)));

        poll();

        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(ticket().path("subject").asText()).isEqualTo("CRITICAL: web1 " + mark);
        assertThat(ticket().path("description").asText())
                .contains("No webhook reported this. It was found by asking Mackerel.");
    }

    @Test
    void of_an_alert_that_opened_while_we_were_down_and_whose_webhook_came_late() throws Exception {
        service.start();
        poll();
        down(Duration.ofMinutes(5), () -> mackerel.open(monitor, host, "WARNING", now()));
        poll();
        FakeAlert alert = mackerel.alerts().get(0);

        post(alert, alert.last());
        post(alert, alert.becomes("CRITICAL", now()).last());
        post(alert, alert.becomes("OK", now().plusSeconds(60)).last());

        assertThat(status(ticket())).isEqualTo("Closed");
        assertThat(ticket().path("subject").asText()).isEqualTo("CRITICAL: web1 " + mark);
    }

    @Test
    void of_alerts_whose_channel_is_suspended() throws Exception {
        service.start();
        poll();
        mackerel.suspend("ours", now());
        FakeAlert alert = mackerel.open(monitor, host, "CRITICAL", now());
        clock.goOn(Duration.ofMinutes(5));

        poll();
        assertThat(status(ticket())).isEqualTo("New");
        alert.becomes("OK", now());
        clock.goOn(Duration.ofMinutes(5));
        poll();

        assertThat(status(ticket())).isEqualTo("Closed");
    }

    @Test
    void of_alerts_that_our_channel_does_not_get() throws Exception {
        FakeMonitor muted =
                mackerel.monitor(mackerel.hostMonitor(mark + " muted").muted());
        FakeMonitor theirs = mackerel.hostMonitor(mark + " theirs");
        mackerel.withGroup("other-team", "all").monitorInGroup("other-team", theirs.id(), true);
        mackerel.open(muted, host, "CRITICAL", now());
        mackerel.open(theirs, host, "CRITICAL", now());
        mackerel.open(monitor, mackerel.host("standby1", "standby"), "CRITICAL", now());
        clock.goOn(Duration.ofMinutes(5));
        service.start();

        Reconciled done = poll();

        assertThat(tickets()).isEmpty();
        assertThat(done.leftAlone()).isEqualTo(3);
    }

    @Test
    void of_hundreds_of_alerts_that_are_found_at_once() throws Exception {
        for (int i = 0; i < alertsAtOnce; i++) {
            mackerel.open(monitor, mackerel.host("host" + i), i % 10 == 0 ? "CRITICAL" : "WARNING", now());
        }
        clock.goOn(Duration.ofMinutes(5));
        service.start();
        int polls = 0;
        int worst = 0;
        boolean isWhole = false;
        while (!isWhole && polls < 20) {
            mackerel.forgetRequests();
            isWhole = poll().isWhole();
            polls++;
            worst = Math.max(worst, mackerel.requests().size());
        }

        assertThat(as("admin")
                        .get("/issues.json?f[]=subject&op[subject]=~&v[subject][]=" + mark + "&limit=1")
                        .json()
                        .path("total_count")
                        .asInt())
                .isEqualTo(alertsAtOnce);
        assertThat(polls).isGreaterThan(alertsAtOnce / 50).isLessThanOrEqualTo(alertsAtOnce / 50 + 5);
        assertThat(worst).isLessThanOrEqualTo(60);
        System.out.println(
                alertsAtOnce + " alerts found in " + polls + " polls, with at most " + worst + " requests each");
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("lost-webhooks.seeds", 1));
    }

    /**
     * A seventh of all posts is swallowed on the way, and the service is down for minutes at a time. In the end Redmine shows what Mackerel's
     * API says: of each alert that fired one ticket, of the highest status that it had, open or closed as it is. One seed in a build, more
     * where {@code -Dlost-webhooks.seeds=5} asks for them.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void of_a_random_history_of_which_webhooks_are_lost(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        service.start();
        poll();
        int posts = 0;
        int swallowed = 0;
        int downs = 0;
        List<FakeAlert> alerts = new ArrayList<>();
        Set<String> known = new HashSet<>();
        while (alerts.size() < ALERTS || alerts.stream().anyMatch(FakeAlert::isOpen) && random.nextInt(3) > 0) {
            boolean isDown = random.nextInt(6) == 0;
            if (isDown) {
                downs++;
                service.close();
            }
            for (int i = 0; i < 8; i++) {
                FakeAlert changed = step(random, alerts);
                posts++;
                if (isDown || random.nextInt(7) == 0) {
                    swallowed++;
                } else {
                    assertThat(service.post(mackerel.webhook(changed, changed.last()))
                                    .statusCode())
                            .isEqualTo(202);
                    known.add(changed.last().id());
                }
                clock.goOn(Duration.ofSeconds(random.nextInt(1, 40)));
            }
            if (isDown) {
                clock.goOn(Duration.ofMinutes(random.nextInt(1, 10)));
                service.start();
            }
            poll();
        }
        clock.goOn(Duration.ofMinutes(5));
        int polls = 0;
        while (!poll().isWhole() && polls++ < 10) {
            // until nothing is left over
        }

        Map<String, List<JsonNode>> ofAlert = new TreeMap<>();
        tickets()
                .forEach(ticket -> ofAlert.computeIfAbsent(field(ticket, "field_alert_id"), id -> new ArrayList<>())
                        .add(ticket));
        int lost = 0;
        int twice = 0;
        int wrong = 0;
        for (FakeAlert alert : alerts) {
            List<JsonNode> found = ofAlert.getOrDefault(alert.id(), List.of());
            if (found.isEmpty()) {
                lost++;
                System.out.println("no ticket of " + alert.id() + " " + alert.logs() + ", known " + known);
            }
            twice += found.size() > 1 ? 1 : 0;
            wrong += found.size() == 1 && !isRight(alert, known, found.get(0)) ? 1 : 0;
        }
        twice += ofAlert.keySet().stream().anyMatch(id -> mackerel.alert(id) == null) ? 1 : 0;
        System.out.printf(
                "seed %d: %d alerts, %d posts, %d swallowed, %d times down: lost %d, twice %d, wrong %d%n",
                seed, alerts.size(), posts, swallowed, downs, lost, twice, wrong);
        assertThat(List.of(lost, twice, wrong)).as("lost, twice, wrong").containsExactly(0, 0, 0);
    }

    /** A new alert, each of a problem of its own, or a change of one that is open. */
    private FakeAlert step(SplittableRandom random, List<FakeAlert> alerts) {
        List<FakeAlert> open = alerts.stream().filter(FakeAlert::isOpen).toList();
        List<String> statuses = List.of("WARNING", "CRITICAL");
        if (open.isEmpty() || alerts.size() < ALERTS && random.nextInt(3) == 0) {
            FakeMonitor own = mackerel.hostMonitor(mark + " " + alerts.size());
            FakeAlert alert = mackerel.open(own, host, statuses.get(random.nextInt(2)), now());
            alerts.add(alert);
            return alert;
        }
        FakeAlert alert = open.get(random.nextInt(open.size()));
        boolean ends = random.nextInt(3) == 0;
        String other = alert.status().equals("WARNING") ? "CRITICAL" : "WARNING";
        return alert.becomes(ends ? "OK" : other, now());
    }

    /** A status that came and went between two polls, and whose webhooks were lost, is in no list, so it may be shown or not. */
    private boolean isRight(FakeAlert alert, Set<String> known, JsonNode ticket) {
        boolean wasCritical = alert.logs().stream().anyMatch(log -> log.status().equals("CRITICAL"));
        boolean isKnownToBe = alert.status().equals("CRITICAL")
                || alert.logs().stream().anyMatch(log -> log.status().equals("CRITICAL") && known.contains(log.id()));
        String level = field(ticket, "field_level");
        boolean hasLevel = level.equals("critical") ? wasCritical : level.equals("warning") && !isKnownToBe;
        boolean isRight = status(ticket).equals("Closed") != alert.isOpen();
        if (!isRight || !hasLevel) {
            System.out.println(
                    alert.id() + " " + alert.logs() + " but " + status(ticket) + " " + level + " " + notes(ticket));
        }
        return isRight && hasLevel;
    }

    private String field(JsonNode ticket, String name) {
        for (JsonNode field : ticket.path("custom_fields")) {
            if (field.path("id").asText().equals(id(name))) {
                return field.path("value").asText();
            }
        }
        return "";
    }
}
