import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Lets alerts wait before a closed gate to Redmine, opens it, and measures there; then sends the same requests once more in a plain loop. */
public final class Drain {

    private static final int AT_A_TIME = Integer.parseInt(System.getenv().getOrDefault("REDMINE_MAX_CONCURRENCY", "2"));
    private static final long IDLE_SECONDS = 3;
    private static final long LONGEST_DRAIN = TimeUnit.MINUTES.toNanos(5);

    private final int alerts;
    private final Service service;
    private final Gate gate;
    private final Posts posts;
    private long alertIds = System.currentTimeMillis();
    private List<byte[]> sent;

    private Drain(int alerts, Service service, Gate gate) {
        this.alerts = alerts;
        this.service = service;
        this.gate = gate;
        this.posts = new Posts(service);
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int alerts = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 300;
        Gate gate = new Gate(URI.create(System.getenv("REDMINE_URL")).getPort());
        try (Service service = new Service(Path.of(arguments[0]), gate.port)) {
            new Drain(alerts, service, gate).run(rounds);
        }
        System.exit(0);
    }

    private void run(int rounds) throws Exception {
        double[] ours = new double[rounds];
        double[] plain = new double[rounds];
        double[] ratios = new double[rounds];
        System.out.printf("%-28s%9s%9s%9s%n", alerts + " alerts, " + AT_A_TIME + " at a time", "ours/s", "plain/s", "ratio");
        System.out.printf("%-28s%9.2f%n", "just started", ours());
        posts.begin();
        for (int round = 0; round < rounds; round++) {
            posts.measure(posts.idle);
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            boolean oursFirst = round % 2 == 0;
            if (oursFirst) {
                ours[round] = ours();
            }
            plain[round] = plain();
            if (!oursFirst) {
                ours[round] = ours();
            }
            ratios[round] = ours[round] / plain[round];
            row("round " + (round + 1) + (oursFirst ? ", ours first" : ", plain first"), ours[round], plain[round], ratios[round]);
        }
        row("median", percentile(ours, 50), percentile(plain, 50), percentile(ratios, 50));
        row("min", percentile(ours, 0), percentile(plain, 0), percentile(ratios, 0));
        row("max", percentile(ours, 100), percentile(plain, 100), percentile(ratios, 100));
        posts.end();
        posts.print();
    }

    private static void row(String what, double ours, double plain, double ratio) {
        System.out.printf("%-28s%9.2f%9.2f%9.3f%n", what, ours, plain, ratio);
    }

    /** Issues a second, by the service. */
    private double ours() throws Exception {
        posts.measure(posts.unmeasured);
        resetRedmine();
        for (int i = 0; i < alerts; i++) {
            service.post(alert(Long.toString(alertIds++, 36)));
        }
        posts.measure(posts.draining);
        gate.open();
        double perSecond = gate.awaitCreations(alerts);
        posts.measure(posts.unmeasured);
        sent = gate.close();
        return perSecond;
    }

    /** Issues a second, by a plain loop that sends what the service sent. */
    private double plain() throws Exception {
        posts.measure(posts.unmeasured);
        resetRedmine();
        posts.measure(posts.looping);
        gate.open();
        Queue<byte[]> toSend = new ConcurrentLinkedQueue<>(sent);
        ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME);
        List<Future<?>> all = new ArrayList<>();
        for (int client = 0; client < AT_A_TIME; client++) {
            all.add(clients.submit(() -> {
                for (byte[] request = toSend.poll(); request != null; request = toSend.poll()) {
                    try (Socket redmine = new Socket(InetAddress.getLoopbackAddress(), gate.port)) {
                        redmine.getOutputStream().write(request);
                        redmine.getInputStream().readAllBytes();
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        clients.shutdown();
        double perSecond = gate.awaitCreations(sent.size());
        posts.measure(posts.unmeasured);
        gate.close();
        return perSecond;
    }

    /** Its database grows, and so it gets slower. */
    private static void resetRedmine() throws Exception {
        int ended = new ProcessBuilder("e2e/redmine/up", "reset")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (ended != 0) {
            throw new IllegalStateException("e2e/redmine/up reset ended with " + ended);
        }
    }

    private static String alert(String id) {
        return "{\"orgName\":\"bench\",\"event\":\"alert\",\"message\":\"CPU % 96.25 > 90\",\"host\":{\"id\":\"h" + id + "\",\"name\":\"web" + id
                + "\",\"url\":\"https://mackerel.io/orgs/bench/hosts/h" + id + "\",\"status\":\"working\",\"roles\":[{\"fullname\":\"Shop: web\"}]}"
                + ",\"alert\":{\"id\":\"" + id + "\",\"url\":\"https://mackerel.io/orgs/bench/alerts/" + id + "\",\"status\":\"critical\",\"isOpen\":true"
                + ",\"trigger\":\"monitor\",\"openedAt\":" + System.currentTimeMillis() / 1000 + ",\"monitorName\":\"CPU %\""
                + ",\"metricLabel\":\"cpu.user.percentage\",\"metricValue\":96.25,\"criticalThreshold\":90,\"monitorOperator\":\">\"}}";
    }

    private static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** Passes each connection on to Redmine as it is, for one request, and keeps what was sent; closed, its port is closed. */
    private static final class Gate {

        final int port = freePort();
        private final int redminePort;
        private final ExecutorService workers = Executors.newCachedThreadPool();
        private ServerSocket server;
        private final List<byte[]> creations = new ArrayList<>();
        private long begun;
        private long ended;
        private String refused;

        Gate(int redminePort) {
            this.redminePort = redminePort;
        }

        synchronized void open() throws IOException {
            creations.clear();
            begun = 0;
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            ServerSocket opened = server;
            workers.submit(() -> {
                while (true) {
                    Socket client = opened.accept();
                    workers.submit(() -> pass(client));
                }
            });
        }

        /** What was sent to create issues. */
        synchronized List<byte[]> close() throws IOException {
            server.close();
            return List.copyOf(creations);
        }

        private Void pass(Socket client) throws IOException {
            long at = System.nanoTime();
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try (client;
                    Socket redmine = new Socket(InetAddress.getLoopbackAddress(), redminePort)) {
                workers.submit(() -> {
                    copy(client.getInputStream(), redmine.getOutputStream(), request);
                    return null;
                });
                copy(redmine.getInputStream(), client.getOutputStream(), answer);
            }
            passed(at, request.toByteArray(), answer.toString(StandardCharsets.UTF_8));
            return null;
        }

        private static void copy(InputStream from, OutputStream to, OutputStream kept) throws IOException {
            byte[] buffer = new byte[16 * 1024];
            for (int length = from.read(buffer); length > 0; length = from.read(buffer)) {
                to.write(buffer, 0, length);
                kept.write(buffer, 0, length);
            }
        }

        private synchronized void passed(long at, byte[] request, String answer) {
            if (!new String(request, StandardCharsets.UTF_8).startsWith("POST /projects/")) {
                return;
            }
            refused = answer.startsWith("HTTP/1.1 201 ") ? refused : answer;
            begun = begun == 0 ? at : Math.min(begun, at);
            ended = System.nanoTime();
            creations.add(request);
            notifyAll();
        }

        /** How many a second there were, from when the first was sent to when the last was answered. */
        synchronized double awaitCreations(int number) throws InterruptedException {
            long end = System.nanoTime() + LONGEST_DRAIN;
            while (creations.size() < number) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(creations.size() + " of " + number + " issues were created");
                }
                wait(1000);
            }
            if (refused != null) {
                throw new IllegalStateException("a creation was answered with " + refused);
            }
            return number * 1e9 / (ended - begun);
        }
    }

    /** Posts what makes no ticket, and so leaves the drain as it is, from time to time; how long each takes. */
    private static final class Posts {

        private static final long PAUSE_MILLIS = 100;

        final List<Double> idle = new ArrayList<>();
        final List<Double> draining = new ArrayList<>();
        final List<Double> looping = new ArrayList<>();
        final List<Double> unmeasured = new ArrayList<>();
        private final Service service;
        private final ScheduledExecutorService poster = Executors.newSingleThreadScheduledExecutor();
        private ScheduledFuture<?> posting;
        private List<Double> measured = unmeasured;

        Posts(Service service) {
            this.service = service;
        }

        /** From now on what each post takes is put there. */
        synchronized void measure(List<Double> list) {
            measured = list;
        }

        void begin() {
            posting = poster.scheduleWithFixedDelay(this::post, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }

        void end() throws Exception {
            if (posting.isDone()) {
                posting.get(); // throws what a post failed with
            }
            poster.shutdown();
            poster.awaitTermination(1, TimeUnit.MINUTES);
        }

        private void post() {
            double took = service.post("{\"orgName\":\"bench\",\"event\":\"hostStatus\",\"host\":{\"id\":\"h1\",\"name\":\"web1\"}}");
            synchronized (this) {
                measured.add(took);
            }
        }

        synchronized void print() {
            System.out.printf("%n%-28s%9s%9s%9s%9s%9s%n", "accepted and on disk", "posts", "p50 ms", "p99 ms", "p50, x", "p99, x");
            row("idle", idle);
            row("while we drain", draining);
            row("while the plain loop posts", looping);
        }

        private void row(String what, List<Double> took) {
            System.out.printf("%-28s%9d%9.2f%9.2f%9.2f%9.2f%n", what, took.size(), of(took, 50), of(took, 99),
                    of(took, 50) / of(idle, 50), of(took, 99) / of(idle, 99));
        }

        private static double of(List<Double> took, int percent) {
            return percentile(took.stream().mapToDouble(Double::doubleValue).toArray(), percent);
        }
    }

    /** The service in a process of its own, as it is shipped. */
    private static final class Service implements AutoCloseable {

        private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final int port = freePort();
        private final Process process;

        Service(Path home, int redminePort) throws Exception {
            Path log = home.resolve("log");
            ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/mackerel-redmine").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("REDMINE_URL", "http://127.0.0.1:" + redminePort);
            builder.environment().put("REDMINE_MAX_CONCURRENCY", Integer.toString(AT_A_TIME));
            builder.environment().put("REDMINE_MAX_REQUESTS_PER_SECOND", "0");
            builder.environment().put("SERVER_PORT", Integer.toString(port));
            builder.environment().put("MANAGEMENT_PORT", Integer.toString(freePort()));
            process = builder.start();
            while (process.isAlive() && !Files.readString(log).contains("is running")) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }

        /** Milliseconds until the answer. */
        double post(String notification) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mackerel"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(notification))
                    .build();
            long sent = System.nanoTime();
            int status = client.sendAsync(request, BodyHandlers.discarding()).join().statusCode();
            if (status != 202) {
                throw new IllegalStateException("answered with " + status);
            }
            return (System.nanoTime() - sent) / 1e6;
        }

        @Override
        public void close() throws Exception {
            process.destroy();
            process.waitFor();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
