package faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What happens to some hosts and services, drawn from a seed: alerts of problems, each with its changes, and the posts that Mackerel
 * makes of them, in which order and when. The words of each change hold a token of its own, by which it is found in Redmine.
 */
final class History {

    static final List<String> SEVERITIES = List.of("ok", "warning", "unknown", "critical");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FIXTURES = Path.of("src/test/resources/mackerel");
    private static final long BEGINNING = 1_795_132_800;
    private static final long SOON = 5 * 60;
    private static final long NOT_SOON = 45 * 60;
    private static final int STORMS = 3;
    private static final int STORM = 5 * 60;
    private static final long STORM_EVERY = 30_000;

    /** Which fixture an alert is made of; whether it has a metric; which statuses it may have; what its subject says beside the monitor. */
    enum Kind {
        HOST("host-critical", true, "web1", "warning", "critical"),
        SERVICE("service-critical", true, "Shop", "warning", "critical"),
        EXTERNAL("external-critical", false, "", "warning", "critical"),
        CHECK("check-critical", false, "web1", "warning", "critical", "unknown");

        final ObjectNode shape;
        final boolean hasMetric;
        final String where;
        final List<String> statuses;

        Kind(String fixture, boolean hasMetric, String where, String... statuses) {
            try {
                this.shape = (ObjectNode)
                        JSON.readTree(FIXTURES.resolve(fixture + ".json").toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            this.hasMetric = hasMetric;
            this.where = where;
            this.statuses = List.of(statuses);
        }

        boolean isOfHost() {
            return this == HOST || this == CHECK;
        }
    }

    /** How the alerts of a problem follow each other: alone; soon or not soon after each other; or the next begins before the end is said. */
    enum Course {
        ALONE,
        FLAPPING,
        OVERLAPPING
    }

    /** The same fault of the same thing. */
    static final class Problem {
        final int number;
        final Kind kind;
        final Course course;
        final List<Alert> alerts = new ArrayList<>();
        final List<Post> posts = new ArrayList<>();
        int attempts;

        Problem(int number, Kind kind, Course course) {
            this.number = number;
            this.kind = kind;
            this.course = course;
        }

        String monitor() {
            return "Monitor p" + number;
        }

        /** A Redmine whose database has utf8mb3 fails at it. */
        boolean hasEmoji() {
            return number % 7 == 0;
        }

        /** Whether Mackerel may give up a post of it: only where it does not matter to which ticket another alert belongs. */
        boolean mayLose() {
            return course == Course.ALONE;
        }
    }

    static final class Alert {
        final Problem problem;
        final int number;
        final String id;
        final boolean followsSoon;
        final List<Change> changes = new ArrayList<>();

        Alert(Problem problem, int number, String id, boolean followsSoon) {
            this.problem = problem;
            this.number = number;
            this.id = id;
            this.followsSoon = followsSoon;
        }

        long closedAt() {
            return changes.get(changes.size() - 1).at;
        }
    }

    /** A change of an alert: what is said of it in Redmine once. */
    static final class Change {
        final Alert alert;
        final int number;
        final long at;
        final String status;
        /** Counted by the problem's attempts to post: when it can have come in at first, and when it surely had. */
        volatile int mayBeInAt = Integer.MAX_VALUE;

        volatile int isInAt = Integer.MAX_VALUE;

        /** When Mackerel had it, to the second, where it is played; no two changes of a problem have the same. */
        volatile Instant happenedAt;

        Change(Alert alert, int number, long at, String status) {
            this.alert = alert;
            this.number = number;
            this.at = at;
            this.status = status;
        }

        String token() {
            return "t" + alert.number + "c" + number;
        }

        boolean fires() {
            return !status.equals("ok");
        }

        boolean isAcknowledged() {
            return isInAt < Integer.MAX_VALUE;
        }

        boolean mayBeIn() {
            return mayBeInAt < Integer.MAX_VALUE;
        }
    }

    /**
     * @param pause how long after the post before it, in milliseconds
     * @param twice whether it is made twice at the same time
     * @param mayGiveUp whether Mackerel gives it up when it is not answered with 202
     */
    record Post(Change change, String body, int pause, boolean twice, boolean mayGiveUp) {}

    final List<Problem> problems = new ArrayList<>();
    /** When each problem's first post is made, in milliseconds after the start. */
    final Map<Problem, Integer> starts = new java.util.IdentityHashMap<>();

    private final SplittableRandom random;
    private final boolean inStorms;
    private final String idOfSeed;
    private int alerts;

    History(long seed, int alertCount, int spanMillis) {
        this(seed, alertCount, spanMillis, false);
    }

    /** @param inStorms whether most problems open within minutes of each other, each with one alert: so that they become incidents */
    History(long seed, int alertCount, int spanMillis, boolean inStorms) {
        this.inStorms = inStorms;
        this.random = new SplittableRandom(seed);
        this.idOfSeed = "2b" + Long.toString(Math.abs(seed), 36) + "x";
        while (alerts < alertCount) {
            Problem problem = problem(alertCount - alerts);
            problems.add(problem);
            starts.put(problem, random.nextInt(spanMillis));
        }
    }

    List<Alert> alerts() {
        return problems.stream().flatMap(problem -> problem.alerts.stream()).toList();
    }

    private Problem problem(int left) {
        int drawn = random.nextInt(100);
        Course course =
                inStorms || left < 4 || drawn < 70 ? Course.ALONE : drawn < 88 ? Course.FLAPPING : Course.OVERLAPPING;
        Problem problem = new Problem(problems.size() + 1, Kind.values()[random.nextInt(Kind.values().length)], course);
        int count = switch (course) {
            case ALONE -> 1;
            case FLAPPING -> random.nextInt(2, 5);
            case OVERLAPPING -> 2;
        };
        boolean shuffled = course == Course.ALONE && random.nextInt(100) < 25;
        long at = inStorms && random.nextInt(100) < 70
                ? BEGINNING + STORM_EVERY * random.nextInt(STORMS) + random.nextInt(STORM)
                : BEGINNING + random.nextInt(100_000);
        for (int i = 0; i < count; i++) {
            boolean soon = i > 0 && (course == Course.OVERLAPPING || random.nextInt(100) < 75);
            if (i > 0) {
                long closedAt = problem.alerts.get(i - 1).closedAt();
                at = course == Course.OVERLAPPING ? closedAt - 30 : closedAt + (soon ? SOON : NOT_SOON);
            }
            boolean isLast = i == count - 1;
            problem.alerts.add(alert(problem, at, soon, !isLast || random.nextInt(100) < 75, !shuffled));
        }
        posts(problem, shuffled);
        return problem;
    }

    private Alert alert(Problem problem, long openedAt, boolean soon, boolean ends, boolean messages) {
        alerts++;
        Alert alert = new Alert(problem, alerts, idOfSeed + alerts, soon);
        List<String> statuses = problem.kind.statuses;
        int firing = 1 + Math.min(random.nextInt(5), random.nextInt(5));
        long at = openedAt;
        String status = statuses.get(random.nextInt(statuses.size()));
        alert.changes.add(new Change(alert, 1, at, status));
        for (int i = 2; i <= firing; i++) {
            boolean messageOnly = messages && !problem.kind.hasMetric && random.nextInt(100) < 30;
            if (!messageOnly) {
                at += random.nextInt(60, 600);
                String before = status;
                List<String> others =
                        statuses.stream().filter(other -> !other.equals(before)).toList();
                status = others.get(random.nextInt(others.size()));
            }
            alert.changes.add(new Change(alert, i, at, status));
        }
        if (ends) {
            alert.changes.add(new Change(alert, firing + 1, at + random.nextInt(60, 600), "ok"));
        }
        return alert;
    }

    private void posts(Problem problem, boolean shuffled) {
        List<Change> order = new ArrayList<>();
        problem.alerts.forEach(alert -> order.addAll(alert.changes));
        if (shuffled) {
            shuffle(order);
        }
        if (problem.course == Course.OVERLAPPING) {
            // The first alert's end is said after the second has opened.
            Alert first = problem.alerts.get(0);
            Change end = first.changes.get(first.changes.size() - 1);
            order.remove(end);
            order.add(first.changes.size(), end);
        }
        List<Post> again = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            Change change = order.get(i);
            String body = body(change, random.nextInt(50, 99));
            problem.posts.add(post(change, body));
            boolean isNewest = order.subList(0, i).stream()
                    .noneMatch(before -> before.alert == change.alert && before.at > change.at);
            if (change.fires() && isNewest && random.nextInt(100) < 25) {
                problem.posts.add(post(change, body(change, random.nextInt(50, 99))));
            }
            boolean isFollowedAtOnce =
                    change.alert.changes.stream().anyMatch(other -> other != change && other.at == change.at);
            if (!isFollowedAtOnce && random.nextInt(100) < 10) {
                again.add(post(change, body));
            }
        }
        for (Post post : again) {
            int last = problem.posts.size();
            int first = problem.posts.stream().map(Post::change).toList().lastIndexOf(post.change()) + 1;
            problem.posts.add(first == last ? last : random.nextInt(first, last + 1), post);
        }
    }

    private void shuffle(List<Change> changes) {
        for (int i = changes.size() - 1; i > 0; i--) {
            changes.add(i, changes.remove(random.nextInt(i + 1)));
        }
    }

    private Post post(Change change, String body) {
        int pause = random.nextInt(100) < 40 ? random.nextInt(50) : random.nextInt(500, 9000);
        boolean twice = random.nextInt(100) < 8;
        return new Post(change, body, pause, twice, change.alert.problem.mayLose() && random.nextInt(100) < 30);
    }

    /**
     * As Mackerel itself sees it: each change once, in order, and no two of a problem in the same second. Nothing is posted again, and
     * nothing can come in later than it happened.
     */
    void asItHappens() {
        for (Problem problem : problems) {
            problem.posts.clear();
            for (Alert alert : problem.alerts) {
                for (Change change : alert.changes) {
                    problem.posts.add(new Post(change, "", random.nextInt(1_100, 9_000), false, true));
                }
            }
        }
    }

    static String message(Change change) {
        return change.token() + " says " + change.status + (change.alert.problem.hasEmoji() ? " \uD83D\uDD25" : "");
    }

    private static String body(Change change, int value) {
        Alert alert = change.alert;
        Kind kind = alert.problem.kind;
        ObjectNode body = kind.shape.deepCopy();
        body.put("message", message(change));
        ObjectNode fields = (ObjectNode) body.get("alert");
        long openedAt = alert.changes.get(0).at;
        fields.put("id", alert.id).put("url", "https://mackerel.io/orgs/example/alerts/" + alert.id);
        fields.put("monitorName", alert.problem.monitor());
        fields.put("status", change.status).put("isOpen", change.fires());
        fields.put("openedAt", openedAt).put("createdAt", openedAt * 1000 + 296).put("statusChangedAt", change.at);
        if (!change.fires()) {
            fields.put("closedAt", change.at);
        }
        if (kind.hasMetric) {
            fields.put("metricValue", value);
        }
        return body.toString();
    }

    /** What it is made of, for whoever reads the start of a run. */
    @Override
    public String toString() {
        Map<String, Integer> courses = new TreeMap<>();
        problems.forEach(
                problem -> courses.merge(problem.course.name().toLowerCase(java.util.Locale.ROOT), 1, Integer::sum));
        return alerts + " alerts of " + problems.size() + " problems " + courses + ", "
                + alerts().stream().mapToInt(alert -> alert.changes.size()).sum() + " changes, "
                + problems.stream().mapToInt(problem -> problem.posts.size()).sum() + " posts";
    }
}
