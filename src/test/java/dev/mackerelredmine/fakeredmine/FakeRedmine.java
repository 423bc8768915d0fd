package dev.mackerelredmine.fakeredmine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mackerelredmine.FreePort;
import dev.mackerelredmine.redmine.RedmineSetUp;
import dev.mackerelredmine.redmine.RedmineVersion;
import dev.mackerelredmine.redmine.TestRedmine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Redmine 5.0.4, or another version that it is told to play, over real HTTP on a loopback port, as far as we use it, its silent failures
 * included. RedmineContract holds it to the real ones. It listens from its construction on. What it does not play it answers with 500, and fails the test at its end.
 *
 * <p>Each fault is for one request: they are taken in the order in which they were given. Without one, a request is served normally.
 */
public final class FakeRedmine implements TestRedmine, BeforeEachCallback, AfterEachCallback {

    /** What Debian 12 has. */
    public static final RedmineVersion OLDEST = new RedmineVersion("5.0.4");

    /** What Debian 14 has. */
    public static final RedmineVersion NEWEST = new RedmineVersion("6.1.5");

    /**
     * A request as it was received: the path and query still percent-encoded, the names of the headers in any case.
     * A body of no text has a character for each byte.
     */
    public record Request(
            Instant at, String method, String path, String query, Map<String, List<String>> headers, String body) {

        /** The first value of the header, or null. */
        public String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : values.get(0);
        }
    }

    private interface Fault {
        void play(HttpExchange exchange, Request request) throws IOException;
    }

    static {
        // Otherwise the JDK's server sends an answer in two packets, and waits 40 ms for the acknowledgement of the
        // first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> notPlayed = new CopyOnWriteArrayList<>();
    private final RedmineVersion version;
    private FakeRedmineData data;
    private FakeRedmineApi api;
    private Pattern poison = NOTHING;
    private FakeRedmineApi.Answer whenPoisoned;
    private BiConsumer<Request, FakeRedmineApi.Answer> listening = (request, answer) -> {};
    private ExecutorService threads;
    private HttpServer server;
    private final int port;

    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private static final Pattern BEYOND_UTF8MB3 = Pattern.compile("[\\x{10000}-\\x{10FFFF}]|\\\\u[dD][89abAB]");

    public FakeRedmine() {
        this(FreePort.next());
    }

    /** On this port of the loopback address. @throws UncheckedIOException when that is taken */
    public FakeRedmine(int port) {
        this(port, OLDEST);
    }

    /** As this version. */
    public FakeRedmine(RedmineVersion version) {
        this(FreePort.next(), version);
    }

    private FakeRedmine(int port, RedmineVersion version) {
        this.port = port;
        this.version = version;
        begin();
        start();
    }

    /** Shows each request that is served, with its answer, from now on. */
    void onAnswer(BiConsumer<Request, FakeRedmineApi.Answer> listener) {
        listening = listener;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (server == null) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end();
    }

    /** Stops, forgets all, and fails where it was asked for what it does not play: the 500 that it answered would pass for a fault. */
    public void end() {
        stop();
        List<String> asked = List.copyOf(notPlayed);
        forget();
        if (!asked.isEmpty()) {
            throw new AssertionError("FakeRedmine was asked for what it does not play: " + asked);
        }
    }

    /** Where it listens, also while it is stopped. */
    @Override
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The key of the user `bot`, whose role may do all that we need. */
    public String apiKey() {
        return id("key_bot");
    }

    @Override
    public RedmineVersion version() {
        return version;
    }

    @Override
    public String id(String name) {
        return data.id(name);
    }

    @Override
    public RedmineSetUp setUp() {
        return data.setUp();
    }

    @Override
    public void putBack() {
        data.putBack();
    }

    /** The requests that arrived, in order, those that met a fault included. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The issues as they are now, the oldest first. */
    public List<FakeIssue> issues() {
        return api.issues();
    }

    /** Has one more project until the test ends, of which all are members who are of the others. */
    public FakeRedmine withProject(String identifier) {
        data.addProject(identifier, identifier + " by name");
        return this;
    }

    /** Has one more developer, who is a member of all projects, until the test ends. */
    public FakeRedmine withMember(String name) {
        data.addMember(name);
        return this;
    }

    /** Has one more group until the test ends, and lets issues be assigned to groups, as a setting of Redmine does. */
    public FakeRedmine withGroup(String name) {
        data.addGroup(name);
        return this;
    }

    /** Shows its text format, as Redmine does from 6.0 on, until the test ends. */
    /** Its clock is so far ahead of ours. */
    public FakeRedmine clockApart(Duration ahead) {
        api.clockApart(ahead);
        return this;
    }

    public FakeRedmine showsTextFormat(String format) {
        data.showTextFormat(format);
        return this;
    }

    /** Is logged into elsewhere, until the test ends. */
    public FakeRedmine withoutLoginPage() {
        data.hideLoginPage();
        return this;
    }

    /** The next request takes no effect and is answered with this. */
    public FakeRedmine enqueueFailure(int status, String body) {
        return enqueueFailure(status, body, Map.of());
    }

    /** Until the test ends, what holds this text takes no effect and is answered with 500. */
    public FakeRedmine failAt(Pattern text) {
        return refuseAt(text, 500, "");
    }

    /** Until the test ends, what holds this text takes no effect and is answered with this, as by something in front of Redmine. */
    public FakeRedmine refuseAt(Pattern text, int status, String body) {
        poison = text;
        whenPoisoned = new FakeRedmineApi.Answer(status, Map.of(), body);
        return this;
    }

    /** From now on all is taken that Redmine takes. */
    public FakeRedmine refuseNothing() {
        poison = NOTHING;
        return this;
    }

    /** The next request takes effect, and is answered with this by something in front of Redmine. */
    public FakeRedmine replaceAnswer(int status, String body) {
        return enqueue((exchange, request) -> {
            answer(request);
            send(exchange, new FakeRedmineApi.Answer(status, Map.of(), body));
        });
    }

    /** Until the test ends, as on a MySQL or MariaDB whose texts are utf8mb3 ({@code Utf8mb3Contract}). */
    public FakeRedmine onUtf8mb3() {
        return failAt(BEYOND_UTF8MB3);
    }

    /** The next request takes no effect and is answered with this, as a proxy before Redmine would. */
    public FakeRedmine enqueueFailure(int status, String body, Map<String, String> headers) {
        return enqueue((exchange, request) -> send(exchange, new FakeRedmineApi.Answer(status, headers, body)));
    }

    /** The next request takes effect, and the connection is closed instead of an answer. */
    public FakeRedmine dropConnectionAfterReceiving() {
        return enqueue((exchange, request) -> {
            answer(request);
            exchange.close();
        });
    }

    /** The next request takes effect, and its answer ends in the midst of its body. */
    public FakeRedmine cutAnswer() {
        return enqueue((exchange, request) -> {
            byte[] body = answer(request).body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("cut off");
        });
    }

    /** The next request takes effect, and its answer comes a byte at a time, with so long between. */
    public FakeRedmine trickleAnswer(Duration between) {
        return enqueue((exchange, request) -> {
            byte[] body = answer(request).body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(201, body.length);
            for (byte one : body) {
                exchange.getResponseBody().write(one);
                exchange.getResponseBody().flush();
                pause(between);
            }
        });
    }

    /** The next request takes effect, and its answer does not end. */
    public FakeRedmine answerWithoutEnd() {
        return enqueue((exchange, request) -> {
            answer(request);
            exchange.sendResponseHeaders(201, 0);
            byte[] blanks = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
            while (server != null) {
                exchange.getResponseBody().write(blanks);
            }
        });
    }

    /** The next request takes no effect, and the connection is closed instead of an answer. */
    public FakeRedmine dropConnectionBeforeReceiving() {
        return enqueue((exchange, request) -> exchange.close());
    }

    /** The next request takes effect at once, and is answered so much later. */
    public FakeRedmine delayAnswer(Duration delay) {
        return enqueue((exchange, request) -> {
            FakeRedmineApi.Answer answer = answer(request);
            pause(delay);
            send(exchange, answer);
        });
    }

    /** The next request is served normally: so that a fault can be given to the one after it. */
    public FakeRedmine answerNormally() {
        return enqueue(this::serve);
    }

    /** Listens, on the same port as before. */
    public void start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool(FakeRedmine::daemon);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Refuses connections from now on; what it knows stays. */
    public void stop() {
        if (server == null) {
            return;
        }
        threads.shutdownNow();
        server.stop(0);
        server = null;
    }

    private void begin() {
        data = new FakeRedmineData(version);
        api = new FakeRedmineApi(data);
    }

    private void forget() {
        begin();
        requests.clear();
        faults.clear();
        poison = NOTHING;
        notPlayed.clear();
    }

    private FakeRedmine enqueue(Fault fault) {
        faults.add(fault);
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = received(exchange);
        requests.add(request);
        Fault fault = faults.poll();
        if (fault == null) {
            serve(exchange, request);
        } else {
            fault.play(exchange, request);
        }
    }

    private void serve(HttpExchange exchange, Request request) throws IOException {
        boolean isPoison = poison.matcher(request.body()).find();
        FakeRedmineApi.Answer answer = isPoison ? whenPoisoned : answer(request);
        listening.accept(request, answer);
        send(exchange, answer);
    }

    private FakeRedmineApi.Answer answer(Request request) {
        try {
            return api.answer(request);
        } catch (RuntimeException e) {
            notPlayed.add(request.method() + " " + request.path() + ": " + e);
            return new FakeRedmineApi.Answer(500, Map.of(), e.toString());
        }
    }

    private static Request received(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        boolean isText = !headers.getOrDefault("Content-Type", List.of()).contains("application/octet-stream");
        String body = new String(
                exchange.getRequestBody().readAllBytes(),
                isText ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return new Request(
                Instant.now(),
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                Collections.unmodifiableMap(headers),
                body);
    }

    private static void send(HttpExchange exchange, FakeRedmineApi.Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void pause(Duration delay) throws IOException {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptedIOException("FakeRedmine was stopped");
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-redmine");
        thread.setDaemon(true);
        return thread;
    }
}
