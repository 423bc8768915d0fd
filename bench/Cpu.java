import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Posts alerts to two services in turn while nothing listens at Redmine's address, then lets a double listen there; the CPU of each part. */
public final class Cpu {

    private static final int CLIENTS = 4;
    private static final long LONGEST_DRAIN = TimeUnit.MINUTES.toNanos(10);
    private static int alertIds;

    private record Cost(double accepted, double delivered) {}

    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int alerts = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1000;
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        System.out.printf("%-24s%12s%12s%n", "CPU of an alert, ms", "accepted", "delivered");
        try (Service before = new Service(work.resolve("before"));
                Service after = new Service(work.resolve("after"))) {
            for (int round = 0; round <= rounds; round++) {
                for (Service service : round % 2 == 0 ? List.of(before, after) : List.of(after, before)) {
                    Cost cost = cost(service, alerts);
                    row((round == 0 ? "warming up, " : "round " + round + ", ") + service.name, cost);
                    if (round > 0) {
                        costs.computeIfAbsent(service.name, name -> new ArrayList<>()).add(cost);
                    }
                }
            }
        }
        Cost before = median(costs.get("before"));
        Cost after = median(costs.get("after"));
        row("median, before", before);
        row("median, after", after);
        row("ratio", new Cost(after.accepted() / before.accepted(), after.delivered() / before.delivered()));
        System.exit(0);
    }

    private static void row(String what, Cost cost) {
        System.out.printf("%-24s%12.2f%12.2f%n", what, cost.accepted(), cost.delivered());
    }

    private static Cost median(List<Cost> costs) {
        return new Cost(
                costs.stream().mapToDouble(Cost::accepted).sorted().toArray()[costs.size() / 2],
                costs.stream().mapToDouble(Cost::delivered).sorted().toArray()[costs.size() / 2]);
    }

    private static Cost cost(Service service, int alerts) throws Exception {
        double begun = service.cpuMillis();
        post(service.port, alerts);
        double accepted = service.cpuMillis();
        Redmine redmine = new Redmine(service.redminePort, asked -> {});
        long began = System.nanoTime();
        while (redmine.created() < alerts) {
            if (System.nanoTime() - began > LONGEST_DRAIN) {
                throw new IllegalStateException(redmine.created() + " of " + alerts + " issues were created");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        TimeUnit.SECONDS.sleep(1);
        double delivered = service.cpuMillis();
        redmine.close();
        return new Cost((accepted - begun) / alerts, (delivered - accepted) / alerts);
    }

    private static void post(int port, int alerts) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < alerts; i++) {
            String id = Integer.toString(++alertIds);
            all.add(clients.submit(() -> {
                post(port, id);
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        clients.shutdown();
    }

    private static void post(int port, String id) throws IOException {
        String body = "{\"orgName\":\"bench\",\"event\":\"alert\",\"message\":\"CPU % 96.25 > 90\",\"host\":{\"id\":\"h" + id + "\",\"name\":\"web1\"}"
                + ",\"alert\":{\"id\":\"" + id + "\",\"status\":\"critical\",\"isOpen\":true,\"openedAt\":" + System.currentTimeMillis() / 1000
                + ",\"monitorName\":\"CPU %\",\"metricValue\":96.25}}";
        Poster.post(port, body);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The service in a process of its own, as it is shipped. */
    private static final class Service implements AutoCloseable {

        private final int port = freePort();
        private final int redminePort = freePort();
        private final String name;
        private final Process process;

        Service(Path home) throws Exception {
            name = home.getFileName().toString();
            Path log = home.resolve("log");
            ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/mackerel-redmine").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(Map.of(
                    "REDMINE_URL", "http://127.0.0.1:" + redminePort, "REDMINE_APIKEY", "bench", "REDMINE_PROJECT", "bench",
                    "REDMINE_MAX_REQUESTS_PER_SECOND", "0", "GATE_RATE", "0",
                    "SERVER_PORT", Integer.toString(port), "MANAGEMENT_PORT", Integer.toString(freePort())));
            process = builder.start();
            while (process.isAlive() && !Files.readString(log).contains("is running")) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }

        double cpuMillis() {
            return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
        }

        @Override
        public void close() throws Exception {
            process.destroy();
            process.waitFor();
        }
    }
}
