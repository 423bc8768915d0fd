import io.vertx.core.Vertx;
import java.io.File;
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
import java.util.concurrent.atomic.AtomicLong;

/** Rounds of the same posts to the service and to a bare Vert.x server, turn about; then single posts, timed until Redmine is asked. */
public final class Accept {

    private static final int ROUNDS = 5;
    private static final int CLIENTS = 16;
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int SINGLE_POSTS = 60;
    private static final AtomicLong IDS = new AtomicLong(System.nanoTime());
    private static final BlockingQueue<Long> ASKED = new LinkedBlockingQueue<>();

    private record Round(double perSecond, double p50, double p99) {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("bench");
        Vertx vertx = Vertx.vertx();
        int bare = listen(vertx, 202, "{\"event\":\"alert\"}", () -> {});
        int redmine = listen(vertx, 201, "{\"issue\":{\"id\":1}}", () -> ASKED.add(System.nanoTime()));
        try (Service preview = new Service(folder, Map.of())) {
            rounds("accepted and on disk", preview.port, bare);
        }
        Map<String, String> delivering =
                Map.of("REDMINE_URL", "http://127.0.0.1:" + redmine, "REDMINE_APIKEY", "bench", "REDMINE_PROJECT", "bench");
        try (Service service = new Service(folder, delivering)) {
            singlePosts(service.port);
        }
        vertx.close();
        System.exit(0);
    }

    private static void rounds(String what, int ours, int bare) throws Exception {
        List<Round> oursAll = new ArrayList<>();
        List<Round> bareAll = new ArrayList<>();
        System.out.printf("%-24s%12s%12s%12s%12s%12s%12s%9s%n", what, "ours/s", "p50 ms", "p99 ms", "bare/s", "p50 ms", "p99 ms", "ratio");
        for (int i = 0; i <= ROUNDS; i++) {
            Round first = round(i % 2 == 0 ? ours : bare);
            Round second = round(i % 2 == 0 ? bare : ours);
            Round o = i % 2 == 0 ? first : second;
            Round b = i % 2 == 0 ? second : first;
            print(i == 0 ? "warming up" : "round " + i, o, b);
            if (i > 0) {
                oursAll.add(o);
                bareAll.add(b);
            }
        }
        print("median", median(oursAll), median(bareAll));
    }

    private static void print(String title, Round o, Round b) {
        System.out.printf("%-24s%12.0f%12.2f%12.2f%12.0f%12.2f%12.2f%9.3f%n",
                title, o.perSecond(), o.p50(), o.p99(), b.perSecond(), b.p50(), b.p99(), o.perSecond() / b.perSecond());
    }

    private static Round median(List<Round> rounds) {
        return new Round(
                percentile(rounds.stream().mapToDouble(Round::perSecond).toArray(), 50),
                percentile(rounds.stream().mapToDouble(Round::p50).toArray(), 50),
                percentile(rounds.stream().mapToDouble(Round::p99).toArray(), 50));
    }

    private static Round round(int port) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        long end = System.nanoTime() + ROUND_NANOS;
        List<Future<List<Double>>> all = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            all.add(clients.submit(() -> {
                List<Double> took = new ArrayList<>();
                while (System.nanoTime() < end) {
                    took.add(post(port));
                }
                return took;
            }));
        }
        List<Double> took = new ArrayList<>();
        for (Future<List<Double>> one : all) {
            took.addAll(one.get());
        }
        clients.shutdown();
        double[] sorted = took.stream().mapToDouble(Double::doubleValue).toArray();
        return new Round(took.size() * 1e9 / ROUND_NANOS, percentile(sorted, 50), percentile(sorted, 99));
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
            TimeUnit.MILLISECONDS.sleep(100);
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

    private static int listen(Vertx vertx, int status, String answer, Runnable seen) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> {
                    seen.run();
                    request.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(answer);
                }))
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

        Service(Path folder, Map<String, String> settings) throws Exception {
            ProcessBuilder builder = new ProcessBuilder("java", "-Dfile.encoding=UTF-8", "-jar", Path.of("target/mackerel-redmine.jar").toAbsolutePath().toString())
                    .directory(Files.createTempDirectory(folder, "service").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(new File(folder + "/log"));
            builder.environment().putAll(settings);
            builder.environment().put("GATE_RATE", "0");
            builder.environment().put("SERVER_PORT", Integer.toString(port));
            builder.environment().put("MANAGEMENT_PORT", Integer.toString(freePort()));
            process = builder.start();
            while (process.isAlive() && !Files.readString(folder.resolve("log")).contains("is running")) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }

        @Override
        public void close() throws Exception {
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
