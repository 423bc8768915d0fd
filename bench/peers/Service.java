import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer in a process of its own, which keeps its port and its files over a restart. */
final class Service implements AutoCloseable {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 8_000));

    final Peer peer;
    private final Path work;
    private final Path own;
    private final Map<String, String> settings;
    private final int port = freePort();
    private final int managementPort = freePort();
    private Process process;

    /** CPU and time until it was ready. */
    private double startCpuMillis;

    private double startMillis;

    /** Is not started yet. @param settings beside those that each has from the environment of this program */
    Service(Peer peer, Path work, int redminePort, Map<String, String> settings) throws IOException {
        this.peer = peer;
        this.work = work;
        this.own = Files.createTempDirectory(work, peer.name());
        this.settings = new HashMap<>(settings);
        this.settings.put("REDMINE_URL", "http://127.0.0.1:" + redminePort);
        Files.copy(Path.of("bench/peers/flow.json"), own.resolve("flow.json"));
    }

    Service start() throws Exception {
        Path log = Files.createTempFile(own, "start", ".log");
        ProcessBuilder builder = new ProcessBuilder(peer.command(work, own)).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(settings);
        builder.environment().putAll(Map.of(
                "SERVER_PORT", Integer.toString(port), "MANAGEMENT_PORT", Integer.toString(managementPort),
                "STORE_URL", "jdbc:sqlite:" + own.resolve("store.db")));
        long began = System.nanoTime();
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        while (!Files.readString(log).contains(peer.ready)) {
            if (!process.isAlive()) {
                throw new IllegalStateException(peer.title + " did not start: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        startMillis = (System.nanoTime() - began) / 1e6;
        startCpuMillis = cpuMillis();
        return this;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The status; 0 where there was no answer, or none in a minute. */
    CompletableFuture<Integer> post(String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mackerel"))
                .header("Content-Type", "application/json")
                .timeout(LONGEST_ANSWER)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode)
                .exceptionally(noAnswer -> 0);
    }

    double startCpuMillis() {
        return startCpuMillis;
    }

    double startMillis() {
        return startMillis;
    }

    double cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }

    /** In MB, of all that the process has in memory. */
    double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** One that no connection outwards gets as its own while it is closed for a time. */
    static int freePort() {
        while (true) {
            int port = NEXT_PORT.getAndIncrement();
            try (ServerSocket socket = new ServerSocket(port)) {
                return port;
            } catch (IOException taken) {
                // The next one.
            }
        }
    }
}
