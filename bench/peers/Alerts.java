import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Notifications as Mackerel posts them. Each alert has a host of its own, by whose name its tickets are found. */
final class Alerts {

    /** Of the host of any alert of any run. */
    static final Pattern NAME = Pattern.compile("peers-[a-z0-9]+-[a-z]+-\\d+");

    private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

    /** Posted beside alerts, and nobody makes a ticket of it. */
    static final String HOST_STATUS =
            "{\"orgName\":\"bench\",\"event\":\"hostStatus\",\"host\":{\"id\":\"h1\",\"name\":\"web1\"},\"fromStatus\":\"working\",\"toStatus\":\"standby\"}";

    /** None comes twice in a run: ours would take it for the same alert. */
    private static final AtomicInteger LAST = new AtomicInteger();

    private final String prefix;

    /** @param kind in small letters: who gets them and what for, since tickets are counted by it */
    Alerts(Peer peer, String kind) {
        prefix = "peers-" + RUN + "-" + peer.name().toLowerCase() + kind + "-";
    }

    /** What the names of all hosts begin with. */
    String prefix() {
        return prefix;
    }

    String next() {
        return prefix + LAST.incrementAndGet();
    }

    String opening() {
        return notification(next(), "critical");
    }

    static String notification(String name, String status) {
        long now = System.currentTimeMillis() / 1000;
        return "{\"orgName\":\"bench\",\"event\":\"alert\",\"message\":\"CPU % 96.25 > 90\",\"host\":{\"id\":\"" + name + "\",\"name\":\"" + name
                + "\",\"url\":\"https://mackerel.io/orgs/bench/hosts/" + name + "\",\"status\":\"working\",\"roles\":[{\"fullname\":\"Shop: web\"}]}"
                + ",\"alert\":{\"id\":\"" + name + "\",\"url\":\"https://mackerel.io/orgs/bench/alerts/" + name + "\",\"status\":\"" + status
                + "\",\"isOpen\":" + !status.equals("ok") + ",\"trigger\":\"monitor\",\"openedAt\":" + (now - 60) + ",\"statusChangedAt\":" + now
                + ",\"closedAt\":" + (status.equals("ok") ? now : "null") + ",\"createdAt\":" + (now - 60) * 1000 + ",\"monitorName\":\"CPU %\""
                + ",\"metricLabel\":\"cpu.user.percentage\",\"metricValue\":96.25,\"criticalThreshold\":90,\"warningThreshold\":70"
                + ",\"monitorOperator\":\">\",\"duration\":3}}";
    }
}
