import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Posts a storm of one service, with and without incidents, and counts what Redmine gets. */
public final class Incidents {

    private static final int CLIENTS = 16;
    private static final int TICKETS_OF_AN_INCIDENT = 13;
    private static final int REQUESTS_A_MINUTE = 2;
    /** Recoveries that come in while requests are counted. */
    private static final int RECOVERIES = 500;
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
        System.out.printf("%-24s%-10s%10s%10s%12s%12s%10s%n", "incidents", "Redmine", "accepted s", "shown s", "tickets", "requests", "RSS MB");
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
            System.out.printf("%-24s%-10s%10.1f%10.1f%12d%12d%10.0f%n", groups ? "with" : "without", isAway ? "away" : "there",
                    accepted, shown, redmine.issues().size(), redmine.requests().size(), service.resident());
            if (groups) {
                require(redmine.issues().size() <= TICKETS_OF_AN_INCIDENT, "at most " + TICKETS_OF_AN_INCIDENT + " tickets");
                quiet(service, redmine, alerts);
            }
        } finally {
            redmine.end();
        }
    }

    /** It stands, and lines go on to change: for two minutes. */
    private static void quiet(Service service, FakeRedmine redmine, int alerts) throws Exception {
        TimeUnit.SECONDS.sleep(70); // what was still to be written is
        String incident = "/issues/" + incident(redmine) + ".json";
        int before = redmine.requests().size();
        long began = System.nanoTime();
        int recoveries = Math.min(RECOVERIES, alerts / 2);
        for (int i = 0; i < recoveries; i++) {
            Poster.post(service.port, body(alerts - 1 - i, "ok"));
            TimeUnit.MILLISECONDS.sleep(TimeUnit.MINUTES.toMillis(2) / recoveries);
        }
        List<FakeRedmine.Request> asked = redmine.requests().subList(before, redmine.requests().size());
        long ofTheIncident = asked.stream().filter(request -> request.path().equals(incident)).count();
        double minutes = seconds(began) / 60;
        System.out.printf("while %d lines recover in %.1f minutes: %d requests to the incident's ticket%n", recoveries, minutes, ofTheIncident);
        require(ofTheIncident <= REQUESTS_A_MINUTE * Math.ceil(minutes), "at most " + REQUESTS_A_MINUTE + " requests a minute");
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
        long openedAt = 1_790_000_000 + alert % 60;
        return "{\"orgName\":\"bench\",\"event\":\"alert\",\"message\":\"" + "CPU % 96.25 > 90 ".repeat(20) + "\",\"host\":{\"id\":\"h" + alert
                + "\",\"name\":\"web" + alert + "\"},\"alert\":{\"id\":\"a" + alert
                + "\",\"status\":\"" + status + "\",\"isOpen\":" + !status.equals("ok") + ",\"openedAt\":" + openedAt
                + (status.equals("ok") ? ",\"statusChangedAt\":" + (openedAt + 600) + ",\"closedAt\":" + (openedAt + 600) : "")
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
            builder.environment().putAll(Map.of(
                    "REDMINE_URL", redmine.url(), "REDMINE_APIKEY", redmine.apiKey(), "REDMINE_PROJECT", "alert",
                    "STORE_URL", "jdbc:sqlite:" + store.resolve("store.db"),
                    "SERVER_PORT", Integer.toString(port), "MANAGEMENT_PORT", Integer.toString(freePort())));
            process = builder.start();
            while (process.isAlive() && !Files.readString(log).contains("is running")) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            require(process.isAlive(), "it starts: " + Files.readString(log));
        }

        /** In MB, of all that the process has in memory. */
        double resident() throws IOException {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
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
