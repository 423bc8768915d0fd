package faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server that writes down what it is asked, and answers each request with a status and a body. */
final class SmallRedmine implements AutoCloseable {

    record Asked(String method, String path, String key, String body, Instant at) {}

    record Answer(int status, String body) {}

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService workers = Executors.newCachedThreadPool(Threads.named("small-redmine"));
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    SmallRedmine(Function<Asked, Answer> answers) throws IOException {
        server.setExecutor(workers);
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
    }

    private void answer(HttpExchange exchange, Function<Asked, Answer> answers) throws IOException {
        Asked now = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("X-Redmine-API-Key"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                Instant.now());
        asked.add(now);
        Answer answer = answers.apply(now);
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What it was asked, in order. */
    List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
