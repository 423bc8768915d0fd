import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Times the page of a service whose store has grown, and posts while ten pages are open. */
public final class Page {

    private static final int PAGES = 10;
    private static final int OPEN_TICKETS = 500;
    private static final int THREADS = 4;
    private static final long ROUND = 10_000;

    private final Path folder;
    private final int webhook = freePort();
    private final int management = freePort();
    private final AtomicInteger ids = new AtomicInteger();

    private Page(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Page page = new Page(Path.of(arguments[0]));
        long events = Long.parseLong(arguments[2]);
        page.fill(events);
        Process service = page.start(arguments[1]);
        try {
            page.time("/", "/live", "/alerts/a17", "/api/alerts", "/api/deliveries");
            page.posts(Integer.parseInt(arguments[3]));
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    /** As bench/growth fills it, and hundreds of tickets that are open. */
    private void fill(long events) throws Exception {
        Growth.fill(folder, events);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store(events));
                Statement sql = connection.createStatement()) {
            sql.execute("UPDATE ticket SET is_open = TRUE WHERE id > (SELECT MAX(id) - " + OPEN_TICKETS + " FROM ticket)");
            sql.execute("UPDATE alert SET status = 'critical', last_status = 'critical' WHERE ticket_id IN (SELECT id FROM ticket WHERE is_open = TRUE)");
            sql.execute("UPDATE alert SET parked_at = 1 WHERE parked IS NOT NULL");
            sql.execute("UPDATE event SET received_at = received_at + " + (System.currentTimeMillis() - 1000) + " - (SELECT MAX(received_at) FROM event)"
                    + " WHERE id > (SELECT MAX(id) - 20000 FROM event)");
        }
        Files.move(store(events), folder.resolve("page.db"));
    }

    private Path store(long events) {
        return folder.resolve(events + ".db");
    }

    /** Redmine is away: nothing is delivered, and what waits stays. */
    private Process start(String classes) throws IOException {
        List<String> absolute = Arrays.stream(classes.split(File.pathSeparator)).map(it -> Path.of(it.replace("*", "")).toAbsolutePath() + (it.endsWith("*") ? "/*" : "")).toList();
        ProcessBuilder builder = new ProcessBuilder(
                "java", "-Dfile.encoding=UTF-8", "-cp", String.join(File.pathSeparator, absolute), "dev.mackerelredmine.Application");
        builder.directory(Files.createDirectory(folder.resolve("home")).toFile());
        builder.environment().putAll(java.util.Map.of(
                "REDMINE_URL", "http://127.0.0.1:9", "REDMINE_APIKEY", "b".repeat(40), "REDMINE_PROJECT", "alert",
                "STORE_URL", "jdbc:sqlite:" + folder.resolve("page.db"), "TICKET_GRAPHS", "false", "GATE_RATE", "0",
                "SERVER_PORT", Integer.toString(webhook), "MANAGEMENT_PORT", Integer.toString(management)));
        builder.redirectErrorStream(true);
        Process service = builder.start();
        BufferedReader log = new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains("is running")) {
                Thread rest = new Thread(() -> log.lines().forEach(ignored -> {}));
                rest.setDaemon(true);
                rest.start();
                return service;
            }
            System.err.println(line);
        }
        throw new IllegalStateException("the service did not start");
    }

    private void time(String... paths) throws IOException {
        System.out.printf("%-20s%12s%12s%12s   ms of 60%n", "", "first", "median", "slowest");
        for (String path : paths) {
            double first = get(path);
            double[] millis = new double[60];
            for (int i = 0; i < millis.length; i++) {
                millis[i] = get(path);
            }
            Arrays.sort(millis);
            System.out.printf("%-20s%12.1f%12.1f%12.1f%n", path, first, millis[millis.length / 2], millis[millis.length - 1]);
        }
    }

    private double get(String path) throws IOException {
        long begun = System.nanoTime();
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + management + path).toURL().openConnection();
        if (connection.getResponseCode() != 200) {
            throw new IllegalStateException(path + " was answered with " + connection.getResponseCode());
        }
        connection.getInputStream().readAllBytes();
        return (System.nanoTime() - begun) / 1e6;
    }

    private void posts(int rounds) throws Exception {
        postFor(ROUND / 2);
        List<Double> alone = new ArrayList<>();
        List<Double> watched = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            alone.add(postFor(ROUND));
            watched.add(withPages(() -> postFor(ROUND)));
        }
        System.out.printf("posts a second: %.0f without a page (%s), %.0f with %d open pages (%s), ratio %.3f%n",
                median(alone), shown(alone), median(watched), PAGES, shown(watched), median(watched) / median(alone));
    }

    private static String shown(List<Double> rates) {
        return rates.stream().map(rate -> String.format("%.0f", rate)).reduce((a, b) -> a + " " + b).orElse("");
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private double postFor(long millis) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        AtomicInteger posted = new AtomicInteger();
        long begun = System.nanoTime();
        long end = begun + millis * 1_000_000;
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(threads.submit(() -> {
                while (System.nanoTime() < end) {
                    Poster.post(webhook, Growth.alert("post" + ids.incrementAndGet()));
                    posted.incrementAndGet();
                }
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        threads.shutdown();
        return posted.get() / ((System.nanoTime() - begun) / 1e9);
    }

    private interface Measured {
        double run() throws Exception;
    }

    /** As a browser does: it asks for the page whenever the stream says that something changed. */
    private double withPages(Measured work) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        List<HttpURLConnection> streams = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            HttpURLConnection stream = (HttpURLConnection) URI.create("http://127.0.0.1:" + management + "/events").toURL().openConnection();
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8));
            streams.add(stream);
            Thread reader = new Thread(() -> {
                try {
                    for (String line = lines.readLine(); line != null && !isOver.get(); line = lines.readLine()) {
                        if (line.equals("event: change")) {
                            get("/live");
                        }
                    }
                } catch (IOException e) {
                    if (!isOver.get()) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            reader.setDaemon(true);
            reader.start();
        }
        double result = work.run();
        isOver.set(true);
        streams.forEach(HttpURLConnection::disconnect);
        return result;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
