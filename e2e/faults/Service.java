package faults;

import faults.Escalated.Down;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution as an operator starts it: a folder, environment variables, a process. It is only ever ended by kill -9. */
final class Service {

    /** In which it takes up what waited for it, once it runs. */
    static final Duration CATCHES_UP = Duration.ofSeconds(15);

    final String name;

    private final Path home;
    private final Path log;
    private final int port;
    private final Map<String, String> settings;
    private final List<Down> downs = new ArrayList<>();
    private Process process;
    private Instant killed;

    Service(String name, Path work, int port, Map<String, String> settings) throws IOException, InterruptedException {
        this.name = name;
        this.home = Files.createDirectories(work.resolve(name));
        this.log = work.resolve(name + ".log");
        this.port = port;
        this.settings = new HashMap<>(settings);
        this.settings.put("SERVER_PORT", String.valueOf(port));
        this.settings.put("MANAGEMENT_PORT", String.valueOf(port + 1));
        this.settings.put("GATE_RATE", "0");
        unpack();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** Does not outlive the harness, however that ends. */
    private void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void unpack() throws IOException, InterruptedException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            Path distribution = built.filter(
                            file -> file.getFileName().toString().matches("mackerel-redmine-[0-9].*[.]tar[.]gz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no distribution in target/: mvn -DskipTests package"));
            Commands.run("tar", "-xzf", distribution.toString(), "-C", home.toString(), "--strip-components=1");
        }
    }

    URI door() {
        return URI.create("http://127.0.0.1:" + port + "/mackerel");
    }

    synchronized void start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("bin/mackerel-redmine").toString());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches(
                        "(REDMINE|STORE|TICKET|DELIVERY|SERVER|MANAGEMENT|ESCALATION|INCIDENT|NOTIFY)_.*"));
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        process = builder.start();
        if (killed != null) {
            downs.add(new Down(killed, Instant.now()));
            killed = null;
        }
    }

    synchronized void kill() throws InterruptedException {
        if (process != null) {
            killed = killed == null ? Instant.now() : killed;
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** When it was killed, and when it ran again. */
    synchronized List<Down> downs() throws IOException {
        List<String> lines = Files.readAllLines(log);
        List<Down> all = new ArrayList<>();
        downs.forEach(down -> all.add(new Down(down.from(), ranSince(lines, down.until()))));
        if (killed != null) {
            all.add(new Down(killed, null));
        }
        return all;
    }

    /** As its log says: on a busy machine a start may take a minute. */
    static Instant ranSince(List<String> lines, Instant started) {
        return lines.stream()
                .filter(line -> line.endsWith(" is running."))
                .map(line -> Instant.parse(line.split(" ", 2)[0]))
                .filter(ran -> ran.isAfter(started))
                .findFirst()
                .orElse(started);
    }

    /** Writes a file into its folder, by its path in there. */
    void put(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    synchronized boolean runs() {
        return process != null && process.isAlive();
    }

    void awaitStarted() throws IOException, InterruptedException {
        for (int i = 0; i < 600 && runs(); i++) {
            if (Files.readString(log).contains(" is running")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException(name + " did not start: " + Files.readString(log, StandardCharsets.UTF_8));
    }

    Path log() {
        return log;
    }
}
