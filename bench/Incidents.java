import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Posts a storm of one service, with and without incidents, and counts what Redmine gets. */
public final class Incidents {

    private static final int CLIENTS = 16;
    private static final int TICKETS_OF_AN_INCIDENT = 13;
    /** Each with a read before it. */
    private static final int WRITES_A_MINUTE = 1;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Recoveries that come in while requests are counted. */
    private static final int RECOVERIES = 500;
    /** All of them open in the minute before: what has been open for longer is looked at once more, because nobody answered. */
    private static final long BEGAN = Instant.now().minusSeconds(60).getEpochSecond();
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(30);
    private static final String POLICY = """
            - route:
                id: policy
                description: The alerts of a service belong together
                group: edit
                note: contract 1
                from:
                  uri: direct:policy
                  steps:
                    - setVariable: {name: ticket.incident, constant: Shop}
            """;

    public static void main(String[] arguments) throws Exception {
        int alerts = arguments.length == 1 ? 10_000 : Integer.parseInt(arguments[1]);
        System.out.printf("%-12s%-10s%12s%10s%10s%10s%10s%18s%n",
                "incidents", "Redmine", "accepted, s", "shown, s", "tickets", "requests", "writes", "memory, MB");
        for (boolean isAway : new boolean[] {true, false}) {
            for (boolean groups : new boolean[] {true, false}) {
                run(Path.of(arguments[0]), alerts, isAway, groups);
            }
        }
        System.exit(0);
    }

    private static void run(Path home, int alerts, boolean isAway, boolean groups) throws Exception {
        Files.deleteIfExists(home.resolve("routes/policy.camel.yaml"));
        if (groups) {
            Files.createDirectories(home.resolve("routes"));
            Files.writeString(home.resolve("routes/policy.camel.yaml"), POLICY);
        }
        FakeRedmine redmine = new FakeRedmine();
        if (isAway) {
            redmine.stop();
        }
        try (Service service = new Service(home, redmine)) {
            long began = System.nanoTime();
            post(service.port, alerts);
            double accepted = seconds(began);
            if (isAway) {
                redmine.start();
                began = System.nanoTime();
            }
            BooleanSupplier isShown = groups ? () -> isListed(redmine, alerts) : () -> redmine.issues().size() >= alerts;
            while (!isShown.getAsBoolean() && System.nanoTime() - began < LONGEST) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
            double shown = seconds(began);
            require(isShown.getAsBoolean(), "Redmine shows all");
            untilSettled(redmine);
            System.out.printf("%-12s%-10s%12.1f%10.1f%10d%10d%10d%18.0f%n", groups ? "with" : "without", isAway ? "away" : "there",
                    accepted, shown, redmine.issues().size(), redmine.requests().size(), writes(redmine), service.residentAtMost());
            if (groups) {
                require(redmine.issues().size() <= TICKETS_OF_AN_INCIDENT, "at most " + TICKETS_OF_AN_INCIDENT + " tickets");
                quiet(service, redmine, alerts);
            }
        } finally {
            redmine.end();
        }
    }

    /** Lines go on to change for two minutes; then what Redmine was asked for the incident's ticket is counted, from its creation on. */
    private static void quiet(Service service, FakeRedmine redmine, int alerts) throws Exception {
        int recoveries = Math.min(RECOVERIES, alerts / 2);
        for (int i = 0; i < recoveries; i++) {
            Poster.post(service.port, body(alerts - 1 - i, "ok"));
            TimeUnit.MILLISECONDS.sleep(TimeUnit.MINUTES.toMillis(2) / recoveries);
        }
        TimeUnit.SECONDS.sleep(65);
        String incident = "/issues/" + incident(redmine) + ".json";
        List<FakeRedmine.Request> asked = redmine.requests().stream()
                .filter(request -> request.path().equals(incident))
                .sorted(Comparator.comparing(FakeRedmine.Request::at))
                .toList();
        List<FakeRedmine.Request> writes = asked.stream().filter(request -> request.method().equals("PUT")).toList();
        long most = writes.stream().mapToLong(first -> within(MINUTE, first, writes)).max().orElse(0);
        long reads = asked.size() - writes.size();
        // What people did is looked for a few times at first, and then an hour later; such a poll may read it, too.
        long polls = redmine.requests().stream()
                .filter(request -> request.query() != null && request.query().contains("last_updated_by"))
                .count();
        System.out.printf("  its ticket, %d more lines recovering: %d requests, %d of them writes, at most %d in any minute: %s%n",
                recoveries, asked.size(), writes.size(), most, asked.stream().map(request -> request.method() + " +"
                        + Duration.between(asked.get(0).at(), request.at()).toSeconds()).toList());
        require(most <= WRITES_A_MINUTE, "at most " + WRITES_A_MINUTE + " write in any minute");
        require(reads <= writes.size() + polls, "one read before each write, and of each of " + polls + " polls of what people did");
        String firing = alerts + ", of which " + (alerts - recoveries) + " are firing";
        String listed = redmine.issues().stream()
                .filter(issue -> issue.id() == incident(redmine))
                .map(issue -> issue.description().lines().limit(4).collect(Collectors.joining(" ")))
                .findFirst()
                .orElse("");
        require(listed.contains(firing), "the list shows that " + firing + ", and not: " + listed);
    }

    /** How many of them came in a time that begins with this one. */
    private static long within(Duration time, FakeRedmine.Request first, List<FakeRedmine.Request> all) {
        return all.stream()
                .filter(other -> !other.at().isBefore(first.at()) && other.at().isBefore(first.at().plus(time)))
                .count();
    }

    private static int incident(FakeRedmine redmine) {
        return redmine.issues().stream()
                .filter(issue -> issue.subject().contains(" alerts since "))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static boolean isListed(FakeRedmine redmine, int alerts) {
        return redmine.issues().stream().map(FakeIssue::subject).anyMatch(subject -> subject.contains(" " + alerts + " alerts since "));
    }

    /** Subtasks are still put below an incident that is shown already. */
    private static void untilSettled(FakeRedmine redmine) throws InterruptedException {
        long before;
        do {
            before = writes(redmine);
            TimeUnit.SECONDS.sleep(15);
        } while (writes(redmine) > before);
    }

    /** Whoever did what to tickets is asked for all the time. */
    private static long writes(FakeRedmine redmine) {
        return redmine.requests().stream().filter(request -> !request.method().equals("GET")).count();
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            System.out.println("FAILED: " + what);
            System.exit(1);
        }
    }

    private static void post(int port, int alerts) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> all = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int first = client;
            all.add(clients.submit(() -> {
                for (int alert = first; alert < alerts; alert += CLIENTS) {
                    Poster.post(port, body(alert, "critical"));
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        clients.shutdown();
    }

    private static String body(int alert, String status) {
        long openedAt = BEGAN + alert % 60;
        return "{\"orgName\":\"bench\",\"event\":\"alert\",\"message\":\"" + "CPU % 96.25 > 90 ".repeat(20) + "\",\"host\":{\"id\":\"h" + alert
                + "\",\"name\":\"web" + alert + "\"},\"alert\":{\"id\":\"a" + alert
                + "\",\"status\":\"" + status + "\",\"isOpen\":" + !status.equals("ok") + ",\"openedAt\":" + openedAt
                + (status.equals("ok")
                        ? ",\"statusChangedAt\":" + (openedAt + 60) + ",\"closedAt\":" + (openedAt + 60)
                        : ",\"statusChangedAt\":" + openedAt)
                + ",\"monitorName\":\"CPU %\",\"metricValue\":96.25}}";
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The service in a process of its own, as it is shipped, with an empty store. */
    private static final class Service implements AutoCloseable {

        private final int port = freePort();
        private final Process process;

        Service(Path home, FakeRedmine redmine) throws Exception {
            Path store = Files.createTempDirectory(home, "store");
            Path log = store.resolve("log");
            ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/mackerel-redmine").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(new File(log.toString()));
            builder.environment().put("REDMINE_MAX_REQUESTS_PER_SECOND", "0");
            builder.environment().put("GATE_RATE", "0");
            builder.environment().put("REDMINE_POLL_INTERVAL", "1h");
            builder.environment().putAll(Map.of(
                    "REDMINE_URL", redmine.url(), "REDMINE_APIKEY", redmine.apiKey(), "REDMINE_PROJECT", "alert",
                    "STORE_URL", "jdbc:sqlite:" + store.resolve("store.db"),
                    "SERVER_PORT", Integer.toString(port), "MANAGEMENT_PORT", Integer.toString(freePort())));
            process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // also where this bench fails
            while (process.isAlive() && !Files.readString(log).contains("is running")) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            require(process.isAlive(), "it starts: " + Files.readString(log));
        }

        /** In MB, the most that the process had in memory. */
        double residentAtMost() throws IOException {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }

        @Override
        public void close() throws Exception {
            process.destroy();
            process.waitFor();
        }
    }
}
