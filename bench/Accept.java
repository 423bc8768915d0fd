import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Rounds of the same posts to the service and to a bare Vert.x server, turn about, by 1, 16 and 64 clients; single posts, timed until Redmine
 * is asked; and posts of which the service's waits for the disk are counted.
 */
public final class Accept {

    private static final List<Integer> CLIENTS = List.of(1, 16, 64);
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int SINGLE_POSTS = 60;

    /** Redmine gets five requests a second at most: with less between them, the posts would be measured as they wait for that. */
    private static final long SINGLE_PAUSE_MILLIS = 400;

    private static final int COUNTED_POSTS = 400;
    private static final int COUNTED_CLIENTS = 32;
    private static final AtomicLong IDS = new AtomicLong(System.nanoTime());
    private static final BlockingQueue<Long> ASKED = new LinkedBlockingQueue<>();

    private record Round(double perSecond, double p50, double p99, double cpu) {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Vertx vertx = Vertx.vertx();
        int bare = listen(vertx);
        System.out.printf("%-24s%12s%12s%12s%12s%12s%12s%12s%9s%n", "accepted and on disk", "ours/s", "p50 ms", "p99 ms", "CPU ms", "bare/s",
                "p50 ms", "p99 ms", "ratio");
        for (int clients : CLIENTS) {
            try (Service away = new Service(folder, Map.of("REDMINE_URL", "http://127.0.0.1:1"))) {
                rounds(clients, rounds, away, bare);
            }
        }
        Redmine redmine = new Redmine(0, asked -> ASKED.add(System.nanoTime()));
        Map<String, String> delivering = Map.of("REDMINE_URL", "http://127.0.0.1:" + redmine.port());
        try (Service service = new Service(folder, delivering)) {
            singlePosts(service.port);
        }
        if (Files.isExecutable(Path.of("/usr/bin/strace"))) {
            System.out.printf("%nwaits for the disk an alert, %d clients: accepted while Redmine is away %.2f, accepted and delivered %.2f%n",
                    COUNTED_CLIENTS, syncs(folder, Map.of("REDMINE_URL", "http://127.0.0.1:1"), false), syncs(folder, delivering, true));
        }
        vertx.close();
        System.exit(0);
    }

    private static void rounds(int clients, int rounds, Service ours, int bare) throws Exception {
        List<Round> oursAll = new ArrayList<>();
        List<Round> bareAll = new ArrayList<>();
        for (int i = 0; i <= rounds; i++) {
            Round first = i % 2 == 0 ? round(clients, ours) : round(clients, bare);
            Round second = i % 2 == 0 ? round(clients, bare) : round(clients, ours);
            if (i > 0) {
                oursAll.add(i % 2 == 0 ? first : second);
                bareAll.add(i % 2 == 0 ? second : first);
            }
        }
        print(clients + (clients == 1 ? " client" : " clients"), median(oursAll), median(bareAll));
    }

    private static void print(String title, Round o, Round b) {
        System.out.printf("%-24s%12.0f%12.2f%12.2f%12.2f%12.0f%12.2f%12.2f%9.3f%n",
                title, o.perSecond(), o.p50(), o.p99(), o.cpu(), b.perSecond(), b.p50(), b.p99(), o.perSecond() / b.perSecond());
    }

    private static Round median(List<Round> rounds) {
        return new Round(
                percentile(rounds.stream().mapToDouble(Round::perSecond).toArray(), 50),
                percentile(rounds.stream().mapToDouble(Round::p50).toArray(), 50),
                percentile(rounds.stream().mapToDouble(Round::p99).toArray(), 50),
                percentile(rounds.stream().mapToDouble(Round::cpu).toArray(), 50));
    }

    private static Round round(int clients, Service ours) throws Exception {
        double before = ours.cpuMillis();
        Round round = round(clients, ours.port);
        double posts = round.perSecond() * ROUND_NANOS / 1e9;
        return new Round(round.perSecond(), round.p50(), round.p99(), (ours.cpuMillis() - before) / posts);
    }

    private static Round round(int clients, int port) throws Exception {
        long end = System.nanoTime() + ROUND_NANOS;
        double[] sorted = posts(clients, port, () -> System.nanoTime() < end);
        return new Round(sorted.length * 1e9 / ROUND_NANOS, percentile(sorted, 50), percentile(sorted, 99), 0);
    }

    /** Milliseconds of each. */
    private static double[] posts(int clients, int port, BooleanSupplier more) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<List<Double>>> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            all.add(threads.submit(() -> {
                List<Double> took = new ArrayList<>();
                while (more.getAsBoolean()) {
                    took.add(post(port));
                }
                return took;
            }));
        }
        List<Double> took = new ArrayList<>();
        for (Future<List<Double>> one : all) {
            took.addAll(one.get());
        }
        threads.shutdown();
        return took.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** How often the service waits for the disk for an alert. */
    private static double syncs(Path folder, Map<String, String> settings, boolean areDelivered) throws Exception {
        Path counted = folder.resolve("syncs");
        Files.deleteIfExists(counted);
        ASKED.clear();
        AtomicInteger left = new AtomicInteger(COUNTED_POSTS);
        try (Service service = new Service(folder, settings, "strace", "--seccomp-bpf", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o",
                counted.toString())) {
            long before = Files.lines(counted).filter(line -> line.contains("sync(")).count();
            posts(COUNTED_CLIENTS, service.port, () -> left.getAndDecrement() > 0);
            for (int i = 0; areDelivered && i < COUNTED_POSTS; i++) {
                ASKED.take();
            }
            TimeUnit.SECONDS.sleep(1);
            long after = Files.lines(counted).filter(line -> line.contains("sync(")).count();
            return (after - before) / (double) COUNTED_POSTS;
        }
    }

    private static void singlePosts(int port) throws Exception {
        double[] took = new double[SINGLE_POSTS];
        for (int i = -10; i < SINGLE_POSTS; i++) {
            long sent = System.nanoTime();
            post(port);
            double millis = (ASKED.take() - sent) / 1e6;
            if (i >= 0) {
                took[i] = millis;
            }
            TimeUnit.MILLISECONDS.sleep(SINGLE_PAUSE_MILLIS);
        }
        System.out.printf("%nfrom the post to Redmine's request, idle: p50 %.1f ms, p99 %.1f ms (%d posts)%n",
                percentile(took, 50), percentile(took, 99), SINGLE_POSTS);
    }

    /** Milliseconds until the answer. */
    private static double post(int port) throws IOException {
        String id = Long.toString(IDS.incrementAndGet(), 36);
        String body = "{\"orgName\":\"bench\",\"event\":\"alert\",\"host\":{\"id\":\"h" + id + "\",\"name\":\"web1\"},\"alert\":{\"id\":\"" + id
                + "\",\"status\":\"critical\",\"isOpen\":true,\"monitorName\":\"CPU %\",\"metricValue\":96.25}}";
        return Poster.post(port, body);
    }

    private static int listen(Vertx vertx) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body ->
                        request.response().setStatusCode(202).putHeader("Content-Type", "application/json").end("{\"event\":\"alert\"}")))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    private static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** The service in a process of its own, as it is shipped. */
    private static final class Service implements AutoCloseable {

        private final int port = freePort();
        private final Process process;

        /** @param with what Java is started by */
        Service(Path folder, Map<String, String> settings, String... with) throws Exception {
            Path own = Files.createTempDirectory(folder, "service");
            Path log = own.resolve("log");
            List<String> command = new ArrayList<>(List.of(with));
            command.add(folder.resolve("home/bin/mackerel-redmine").toString());
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(settings);
            builder.environment().putAll(Map.of("REDMINE_APIKEY", "bench", "REDMINE_PROJECT", "bench", "GATE_RATE", "0"));
            builder.environment().put("STORE_URL", "jdbc:sqlite:" + own.resolve("store.db"));
            builder.environment().put("SERVER_PORT", Integer.toString(port));
            builder.environment().put("MANAGEMENT_PORT", Integer.toString(freePort()));
            process = builder.start();
            while (process.isAlive() && !Files.readString(log).contains("is running")) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }

        double cpuMillis() {
            return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
        }

        @Override
        public void close() throws Exception {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor();
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
