package dev.mackerelredmine.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lambda's Runtime API (2018-06-01) for one function, which AWS's own runtime interface client runs in a Java of its own. What the client
 * asks for is what AWS's documentation says; the client is the one of the managed runtimes.
 */
public final class LambdaRuntime implements AutoCloseable {

    private static final String PREFIX = "/2018-06-01/runtime/";
    private static final Duration TIME_OF_THE_FUNCTION = Duration.ofSeconds(20);

    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer api;
    private final Process process;
    private final Path log;
    private final long began = System.nanoTime();

    /** An event, and what the function answers. */
    private record Invocation(String id, String event, CompletableFuture<String> answer) {}

    /** The function failed, as AWS would tell whoever invoked it. */
    public static final class FunctionError extends RuntimeException {
        FunctionError(String error) {
            super(error);
        }
    }

    /**
     * @param java of the function, with options and class path, up to the name of the class
     * @param task the folder that holds what was deployed
     */
    public LambdaRuntime(List<String> java, Path task, Map<String, String> variables) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer takes 40 ms
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.setExecutor(threads);
        api.createContext(PREFIX, this::answer);
        api.start();
        log = Files.createTempFile("function", ".log");
        List<String> command = new ArrayList<>(java);
        command.add("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
        command.add("dev.mackerelredmine.LambdaFunction::handleRequest");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(task.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()));
        builder.environment().keySet().removeIf(variable -> variable.matches("(REDMINE|STORE)_.*"));
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                                "127.0.0.1:" + api.getAddress().getPort(),
                        "AWS_LAMBDA_FUNCTION_NAME", "mackerel-redmine",
                        "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                        "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/mackerel-redmine",
                        "AWS_LAMBDA_LOG_STREAM_NAME", "one",
                        "AWS_REGION", "ap-northeast-1",
                        "LAMBDA_TASK_ROOT", task.toString()));
        builder.environment().putAll(variables);
        process = builder.start();
        process.onExit().thenRun(() -> {
            IllegalStateException ended = new IllegalStateException("the function's Java has ended");
            ready.completeExceptionally(ended);
            waiting.forEach(invocation -> invocation.answer.completeExceptionally(ended));
            running.values().forEach(invocation -> invocation.answer.completeExceptionally(ended));
        });
    }

    /** As a managed runtime has it: AWS's client alone on the class path, what was deployed in a folder. Its settings are ours. */
    public static LambdaRuntime managed(String java, Path task, Path client) throws IOException {
        Map<String, String> variables = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().matches("(REDMINE|TICKET)_.*"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        try (Stream<Path> jars = Files.list(client)) {
            String classPath = jars.map(Path::toString).collect(Collectors.joining(":"));
            return new LambdaRuntime(
                    List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath), task, variables);
        }
    }

    /** What was built, as it stands on the class path of the tests. */
    static LambdaRuntime ofThisClassPath(Path task, Map<String, String> variables) throws IOException {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlog4j2.configurationFile=classpath:log4j2.properties",
                "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=" + nativeClient(),
                "-cp",
                System.getProperty("java.class.path"));
        return new LambdaRuntime(java, task, variables);
    }

    /** A file of its own: by default, all on one machine write AWS's library to the same one, and one reads what another has half written. */
    private static Path nativeClient() throws IOException {
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path file = Files.createTempFile("aws-lambda-jni", ".so");
        file.toFile().deleteOnExit();
        try (InputStream library =
                LambdaRuntime.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + processor + ".so")) {
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /** Waits for its initialisation; answers how long that took, in milliseconds: by the clock, and of CPU. */
    public long[] untilItIsReady() throws IOException {
        try {
            ready.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IOException(e.getMessage() + "\n" + log(), e);
        }
        return new long[] {TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), cpu()};
    }

    /** So far, in milliseconds. */
    public long cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    public String invoke(String event) {
        Invocation invocation = new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
        waiting.add(invocation);
        if (!process.isAlive()) {
            throw new IllegalStateException("the function's Java has ended");
        }
        try {
            return invocation.answer.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("no answer", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.equals("invocation/next")) {
            giveNext(exchange);
            return;
        }
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
        String[] parts = path.split("/");
        if (path.equals("init/error")) {
            ready.completeExceptionally(new IOException(body));
        } else if (parts[2].equals("response")) {
            running.remove(parts[1]).answer.complete(body);
        } else {
            running.remove(parts[1]).answer.completeExceptionally(new FunctionError(body));
        }
    }

    private void giveNext(HttpExchange exchange) throws IOException {
        ready.complete(null);
        try {
            Invocation next = waiting.take();
            running.put(next.id, next);
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", next.id);
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Deadline-Ms",
                            Long.toString(System.currentTimeMillis() + TIME_OF_THE_FUNCTION.toMillis()));
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "arn:aws:lambda:ap-northeast-1:123456789012:function:mackerel-redmine");
            // Its native part reads these two without asking whether they are there.
            exchange.getResponseHeaders()
                    .set("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] event = next.event.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
            exchange.close();
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.stop(0);
        threads.shutdownNow();
    }
}
