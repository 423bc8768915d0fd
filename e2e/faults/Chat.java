package faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The chat server to which people are paged, each at a path of their own. It writes down each page that reached it, and takes it, refuses it,
 * is slow, or drops the connection, drawn from the seed.
 */
final class Chat implements AutoCloseable {

    /** How long the service waits for an answer. */
    static final Duration TIME_OUT = Duration.ofSeconds(15);

    private static final String PATH = "/chat/";

    /**
     * A page that reached it.
     *
     * @param id the same for the same page; empty where it has none
     * @param to whose path it came to
     * @param answered when the answer was written, or the connection dropped
     */
    record Received(int number, Instant at, String id, String to, String body, ChatAnswer answer, Instant answered) {
        @Override
        public String toString() {
            return String.format(
                    "%s page %s #%d to %s: %s, %d ms",
                    at, id, number, to, answer, Duration.between(at, answered).toMillis());
        }
    }

    private final long seed;
    private final double rate;
    private final Duration timeOut;
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService workers = Executors.newCachedThreadPool(Threads.named("chat"));
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile boolean faulty = true;

    Chat(long seed, double rate) throws IOException {
        this(seed, rate, TIME_OUT);
    }

    Chat(long seed, double rate, Duration timeOut) throws IOException {
        this.seed = seed;
        this.rate = rate;
        this.timeOut = timeOut;
        server.setExecutor(workers);
        server.createContext(PATH, this::receive);
        server.start();
    }

    /** Where a person is paged. */
    String url(String login) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH + login;
    }

    /** From now on it takes all. */
    void heal() {
        faulty = false;
    }

    boolean isQuiet() {
        return underWay.get() == 0;
    }

    /** What reached it, in the order in which it was done with. */
    List<Received> received() {
        return received;
    }

    Map<ChatAnswer, Integer> answers() {
        Map<ChatAnswer, Integer> counts = new EnumMap<>(ChatAnswer.class);
        received.forEach(page -> counts.merge(page.answer(), 1, Integer::sum));
        return counts;
    }

    private void receive(HttpExchange exchange) throws IOException {
        underWay.incrementAndGet();
        Instant at = Instant.now();
        int number = numbers.incrementAndGet();
        SplittableRandom random = Proxy.random(seed + 3, number);
        ChatAnswer answer = ChatAnswer.of(random, faulty ? rate : 0);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String to = exchange.getRequestURI().getPath().substring(PATH.length());
        String body = "";
        try (exchange) {
            body = answer == ChatAnswer.DROPPED_BEFORE ? "" : read(exchange);
            answer(exchange, answer, random);
        } finally {
            received.add(new Received(number, at, id == null ? "" : id, to, body, answer, Instant.now()));
            underWay.decrementAndGet();
        }
    }

    private static String read(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** An exchange that is closed without an answer is a dropped connection. */
    private void answer(HttpExchange exchange, ChatAnswer answer, SplittableRandom random) throws IOException {
        switch (answer) {
            case DROPPED_BEFORE, DROPPED_AFTER -> {
                return;
            }
            case SLOW -> sleep(random.nextDouble(0.02, 0.2));
            case LATE -> sleep(random.nextDouble(1.2, 1.5));
            case REFUSED_429 -> exchange.getResponseHeaders().set("Retry-After", "1");
            default -> {}
        }
        exchange.sendResponseHeaders(answer.status, -1);
    }

    private void sleep(double timeOuts) {
        try {
            Thread.sleep((long) (timeOut.toMillis() * timeOuts));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
