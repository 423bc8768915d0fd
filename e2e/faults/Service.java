package faults;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution as an operator starts it: a folder, environment variables, a process. It is only ever ended by kill -9. */
final class Service {

    final String name;

    private final Path home;
    private final Path log;
    private final int port;
    private final Map<String, String> settings;
    private Process process;

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
                .removeIf(name -> name.matches("(REDMINE|STORE|TICKET|DELIVERY|SERVER|MANAGEMENT)_.*"));
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        process = builder.start();
    }

    synchronized void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
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
