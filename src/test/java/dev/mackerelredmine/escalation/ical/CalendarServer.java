package dev.mackerelredmine.escalation.ical;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A calendar's server: one calendar under a secret address, with an ETag. */
final class CalendarServer implements AutoCloseable {

    static final String SECRET = "private-5ecret0fHanako";

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Integer> answered = new CopyOnWriteArrayList<>();
    private volatile byte[] content = new byte[0];
    private volatile int status = 200;
    private volatile boolean isCut;

    CalendarServer() throws IOException {
        server.setExecutor(threads);
        server.createContext("/ical/" + SECRET + "/basic.ics", this::answer);
        server.createContext("/moved/" + SECRET, exchange -> {
            exchange.getResponseHeaders().set("Location", address());
            answer(exchange, 302, new byte[0]);
        });
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/ical/" + SECRET + "/basic.ics";
    }

    String movedAddress() {
        return "http://localhost:" + server.getAddress().getPort() + "/moved/" + SECRET;
    }

    void put(TestCalendar calendar) {
        put(200, calendar.bytes());
    }

    void put(int newStatus, byte[] newContent) {
        content = newContent;
        status = newStatus;
        isCut = false;
    }

    /** The connection ends in the middle. */
    void cut() {
        isCut = true;
    }

    /** The status of each answer. */
    List<Integer> answered() {
        return List.copyOf(answered);
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (isCut) {
            exchange.sendResponseHeaders(200, content.length);
            OutputStream out = exchange.getResponseBody();
            out.write(content, 0, content.length / 2);
            out.flush();
            exchange.close();
            return;
        }
        String tag = "\"" + Arrays.hashCode(content) + "\"";
        exchange.getResponseHeaders().set("ETag", tag);
        boolean isKnown =
                status == 200 && tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        answer(exchange, isKnown ? 304 : status, isKnown ? new byte[0] : content);
    }

    private void answer(HttpExchange exchange, int with, byte[] body) throws IOException {
        answered.add(with);
        exchange.sendResponseHeaders(with, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
