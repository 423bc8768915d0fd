package faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.fakemackerel.FakeAlert;
import dev.mackerelredmine.fakemackerel.FakeMackerel;
import dev.mackerelredmine.fakemackerel.FakeMonitor;
import faults.History.Alert;
import faults.History.Change;
import faults.History.Post;
import faults.History.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * FakeMackerel, whose alerts become what the history says at the moment when it says so. Each change is posted once, as Mackerel does, and a
 * seventh of the posts is swallowed on the way. Some requests to its API fail or take long, drawn from the seed.
 */
final class Mackerel implements Webhooks, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SWALLOWED = 7;
    private static final Duration SLOW = Duration.ofSeconds(2);

    private final FakeMackerel api;
    private final SplittableRandom random;
    private final String host;
    private final Map<Problem, FakeMonitor> monitors = new HashMap<>();
    private final Map<String, FakeAlert> alerts = new HashMap<>();
    private final AtomicInteger swallowed = new AtomicInteger();
    private int askedAtFault;

    /** @param port where its API is served */
    Mackerel(long seed, int port) {
        this.random = new SplittableRandom(seed + 1);
        this.api = new FakeMackerel(port, InstantSource.system());
        this.host = api.host("web1");
        api.withChannel("ours", "https://alerts.example.jp/mackerel");
    }

    Map<String, String> settings() {
        return Map.of(
                "MACKEREL_APIKEY", FakeMackerel.KEY, "MACKEREL_URL", api.url(), "MACKEREL_RECONCILE_INTERVAL", "20s");
    }

    @Override
    public synchronized String body(Post post) {
        breakSomeRequest();
        Alert alert = post.change().alert;
        FakeAlert there = becomes(alert, post.change());
        if (random.nextInt(SWALLOWED) == 0) {
            swallowed.incrementAndGet();
            return "";
        }
        return words(api.webhook(there, there.last()), post.change());
    }

    private FakeAlert becomes(Alert alert, Change change) {
        String status = change.status.toUpperCase(Locale.ROOT);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        change.happenedAt = now;
        FakeAlert known = alerts.get(alert.id);
        if (known != null) {
            return known.becomes(status, now);
        }
        FakeMonitor monitor = monitors.computeIfAbsent(alert.problem, this::monitor);
        FakeAlert opened = api.open(alert.id, monitor, alert.problem.kind.isOfHost() ? host : null, status, now);
        alerts.put(alert.id, opened);
        return opened;
    }

    private FakeMonitor monitor(Problem problem) {
        String name = problem.monitor();
        return switch (problem.kind) {
            case HOST -> api.hostMonitor(name);
            case SERVICE -> api.serviceMonitor(name, "Shop");
            case EXTERNAL -> api.monitor(new FakeMonitor("monitor-" + name, "external", name, null, null, false));
            case CHECK -> api.checkMonitor(name);
        };
    }

    /** By its words a change is found in Redmine. */
    private static String words(byte[] webhook, Change change) {
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(webhook);
            return body.put("message", History.message(change)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One at a time: while nobody asks, none is added. */
    private void breakSomeRequest() {
        int asked = requests();
        if (asked == askedAtFault) {
            return;
        }
        askedAtFault = asked;
        switch (random.nextInt(6)) {
            case 0 -> api.enqueueFailure(500, "{}");
            case 1 -> api.enqueueFailure(503, "<html>");
            case 2 -> api.delay(SLOW);
            default -> {}
        }
    }

    /** Mackerel sends a webhook once. */
    @Override
    public boolean isMadeAgain(Post post, int attempt) {
        return false;
    }

    int swallowed() {
        return swallowed.get();
    }

    int requests() {
        return api.requests().size();
    }

    /** What it was asked for and does not play. */
    List<String> notPlayed() {
        return api.notPlayed();
    }

    @Override
    public void close() {
        api.stop();
    }
}
