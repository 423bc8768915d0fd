package dev.mackerelredmine;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** The service as an operator starts it: a Java of its own, in a folder, with environment variables. */
public final class ServiceProcess implements AutoCloseable {

    private static final int WARNS_OF_NATIVE_CODE = 24;
    private static final List<String> QUICK_TO_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Without the empty word at its end, which would stand for the folder in which the service is started. */
    private static final String CLASS_PATH =
            System.getProperty("java.class.path").replaceFirst(File.pathSeparator + "$", "");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port = FreePort.next();
    private final Path folder;
    private final Path output;
    private final ProcessBuilder builder;
    private Process process;

    ServiceProcess(Path folder, String... arguments) throws IOException {
        this(folder, List.of("-Dfile.encoding=UTF-8"), arguments);
    }

    public ServiceProcess(Path folder, List<String> javaOptions, String... arguments) throws IOException {
        this.folder = folder;
        output = Files.createTempFile(folder, "output", ".txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(javaOptions);
        command.addAll(QUICK_TO_START);
        if (Runtime.version().feature() >= WARNS_OF_NATIVE_CODE) {
            command.add("--enable-native-access=ALL-UNNAMED"); // as the manifest of the jar says
        }
        if (arguments.length == 0) { // with the command "run" it is the whole service
            command.add("-Dcamel.main.routes-exclude-pattern=" + RunningService.NOT_OF_ALERTS);
        }
        command.add("-Dlog4j2.configurationFile=classpath:log4j2.properties");
        command.addAll(List.of("-cp", CLASS_PATH, "dev.mackerelredmine.Application"));
        command.addAll(List.of(arguments));
        builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("REDMINE_"));
        with(Map.of(
                "SERVER_PORT",
                Integer.toString(port),
                "MANAGEMENT_PORT",
                Integer.toString(FreePort.next()),
                "REDMINE_MAX_REQUESTS_PER_SECOND",
                "0"));
    }

    public ServiceProcess with(Map<String, String> variables) {
        builder.environment().putAll(variables);
        return this;
    }

    /** With this folder on the class path as well. */
    ServiceProcess withClasses(Path more) {
        builder.command().replaceAll(word -> word.equals(CLASS_PATH) ? word + File.pathSeparator + more : word);
        return this;
    }

    public ServiceProcess start() throws IOException {
        process = builder.start();
        return this;
    }

    public ServiceProcess untilItRuns() throws InterruptedException {
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> output().contains("is running") || !process.isAlive());
        } catch (ConditionTimeoutException e) {
            kill();
            throw e;
        }
        return this;
    }

    /** The code with which it ends by itself. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running");
        }
        return process.exitValue();
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    public HttpResponse<String> post(byte[] body) throws IOException, InterruptedException {
        return send(request(body).build());
    }

    public HttpResponse<String> post(String apiKey, byte[] body) throws IOException, InterruptedException {
        return send(request(body).header("x-api-key", apiKey).build());
    }

    private HttpRequest.Builder request(byte[] body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mackerel"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString());
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    /** No file of its can be written beyond this, in bytes: as on a disk that fails there. */
    void limitFilesTo(String most) throws IOException, InterruptedException {
        new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + most + ":")
                .inheritIO()
                .start()
                .waitFor();
    }

    long pid() {
        return process.pid();
    }

    /** As kill does, and systemd. */
    void terminate() {
        process.destroy();
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
