import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts a storm of alerts to the service in a process of its own while nothing listens at Redmine's address, then lets a double listen there. */
public final class Storm {

    private static final int CLIENTS = 16;
    private static final int ALERTS_OF_A_PROBLEM = 5;
    private static final long LONGEST_DRAIN = TimeUnit.MINUTES.toNanos(20);

    public static void main(String[] arguments) throws Exception {
        int problems = (arguments.length == 1 ? 10_000 : Integer.parseInt(arguments[1])) / ALERTS_OF_A_PROBLEM;
        int alerts = problems * ALERTS_OF_A_PROBLEM;
        int redminePort = freePort();
        Path home = Path.of(arguments[0]);
        Tickets tickets = new Tickets();
        try (Service service = new Service(home, redminePort)) {
            System.out.printf("%-34s%9s%9s%9s%9s%9s%9s%9s%n", "", "alerts", "s", "per s", "p50 ms", "p99 ms", "RSS MB", "heap MB");
            row("started", 0, 0, new double[0], service);
            long began = System.nanoTime();
            double[] took = post(service.port, problems);
            row("accepted while Redmine is away", took.length, System.nanoTime() - began, took, service);
            require(took.length == alerts, "all are answered with 202: " + took.length + " of " + alerts);
            began = System.nanoTime();
            Redmine redmine = new Redmine(redminePort, tickets::note);
            for (int part = 1; part <= 4; part++) {
                int upTo = alerts * part / 4;
                while (tickets.created.get() < upTo && System.nanoTime() - began < LONGEST_DRAIN) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                row("drained since Redmine is back", tickets.created.get(), System.nanoTime() - began, new double[0], service);
            }
            TimeUnit.SECONDS.sleep(5); // one too many would come now
            require(tickets.created.get() == alerts, "each became a ticket: " + tickets.created + " of " + alerts);
            require(tickets.doubled.get() == 0, "none became two: " + tickets.doubled);
            require(tickets.outOfOrder.get() == 0, "order within each problem: " + tickets.outOfOrder + " of " + alerts + " out of order");
            System.out.printf("requests to Redmine: %d, lines in the log: %d%n", redmine.requests(), Files.readAllLines(service.log).size());
        }
        System.exit(0);
    }

    private static void require(boolean holds, String what) {
        System.out.println((holds ? "ok: " : "FAILED: ") + what);
        if (!holds) {
            System.exit(1);
        }
    }

    private static void row(String what, int alerts, long nanos, double[] took, Service service) throws Exception {
        double heap = service.heapAfterCollection();
        System.out.printf("%-34s%9d%9.1f%9.0f%9s%9s%9.0f%9.1f%n", what, alerts, nanos / 1e9, nanos == 0 ? 0 : alerts * 1e9 / nanos,
                percentile(took, 50), percentile(took, 99), service.resident(), heap);
    }

    /** Of each problem one alert after the other, by the same client; milliseconds until each answer. */
    private static double[] post(int port, int problems) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<List<Double>>> all = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int first = client;
            all.add(clients.submit(() -> {
                List<Double> took = new ArrayList<>();
                for (int alert = 1; alert <= ALERTS_OF_A_PROBLEM; alert++) {
                    for (int problem = first; problem < problems; problem += CLIENTS) {
                        took.add(post(port, problem, alert));
                    }
                }
                return took;
            }));
        }
        List<Double> took = new ArrayList<>();
        for (Future<List<Double>> one : all) {
            took.addAll(one.get());
        }
        clients.shutdown();
        return took.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double post(int port, int problem, int alert) throws IOException {
        String body = "{\"orgName\":\"bench\",\"event\":\"alert\",\"message\":\"" + "CPU % 96.25 > 90 ".repeat(20) + "\",\"host\":{\"id\":\"h" + problem
                + "\",\"name\":\"web" + problem + "\"},\"alert\":{\"id\":\"p" + problem + "a" + alert
                + "\",\"status\":\"critical\",\"isOpen\":true,\"openedAt\":" + (1_790_000_000 + alert)
                + ",\"monitorName\":\"CPU %\",\"metricValue\":96.25}}";
        return Poster.post(port, body);
    }

    private static String percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? "" : String.format("%.1f", sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)]);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What Redmine was asked to create. */
    private static final class Tickets {

        private static final Pattern ALERT = Pattern.compile("\\\\\"id\\\\\" : \\\\\"p(\\d+)a(\\d+)\\\\\"");

        private final AtomicInteger created = new AtomicInteger();
        private final AtomicInteger doubled = new AtomicInteger();
        private final AtomicInteger outOfOrder = new AtomicInteger();
        private final Map<String, Integer> lastOf = new ConcurrentHashMap<>();

        void note(String asked) {
            Matcher alert = ALERT.matcher(asked);
            if (!alert.find()) {
                throw new IllegalStateException("no alert in " + asked);
            }
            int number = Integer.parseInt(alert.group(2));
            lastOf.merge(alert.group(1), number, (last, next) -> {
                (next.equals(last) ? doubled : outOfOrder).addAndGet(next == last + 1 ? 0 : 1);
                return next;
            });
            if (number == 1 || lastOf.get(alert.group(1)) == number) {
                created.incrementAndGet();
            }
        }
    }

    /** The service in a process of its own, as it is shipped. */
    private static final class Service implements AutoCloseable {

        private final int port = freePort();
        private final Path log;
        private final Process process;
        private final long pid;

        Service(Path home, int redminePort) throws Exception {
            log = home.resolve("log");
            ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/mackerel-redmine").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(new File(log.toString()));
            builder.environment().put("REDMINE_MAX_REQUESTS_PER_SECOND", "0");
            builder.environment().put("GATE_RATE", "0");
            builder.environment().putAll(Map.of(
                    "REDMINE_URL", "http://127.0.0.1:" + redminePort, "REDMINE_APIKEY", "bench", "REDMINE_PROJECT", "bench",
                    "SERVER_PORT", Integer.toString(port), "MANAGEMENT_PORT", Integer.toString(freePort())));
            process = builder.start();
            while (process.isAlive() && !Files.readString(log).contains("is running")) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            Path inContainer = home.resolve("pid");
            pid = Files.exists(inContainer) ? Long.parseLong(Files.readString(inContainer).strip()) : process.pid();
        }

        /** In MB, of all that the process has in memory. */
        double resident() throws IOException {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }

        /** In MB, what is left of Java's heap when it was cleared of what nobody needs. */
        double heapAfterCollection() throws Exception {
            jcmd("GC.run");
            return Pattern.compile("(heap|generation) +total \\d+K, used (\\d+)K")
                    .matcher(jcmd("GC.heap_info"))
                    .results()
                    .mapToDouble(part -> Double.parseDouble(part.group(2)) / 1024)
                    .sum();
        }

        private String jcmd(String what) throws Exception {
            Process jcmd = new ProcessBuilder("jcmd", Long.toString(pid), what).start();
            String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            jcmd.waitFor();
            return said;
        }

        @Override
        public void close() throws Exception {
            process.destroy();
            process.waitFor();
        }
    }
}
