package dev.mackerelredmine.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.mackerelredmine.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server with TLS on a loopback port, that answers each path in another way, mostly a bad one. */
public final class FileServer implements AutoCloseable {

    private static final int IN_PIECES = 0;
    private static final int NOTHING = -1;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public FileServer(TestCertificate certificate) throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Answers this with 200 under a path; with its length said before. */
    public void put(String path, byte[] content) {
        server.createContext(path, exchange -> answer(exchange, 200, content.length, content));
    }

    /** As before, but its length shows only at its end. */
    public void putInPieces(String path, byte[] content) {
        server.createContext(path, exchange -> answer(exchange, 200, IN_PIECES, content));
    }

    public void put(String path, int status, byte[] content) {
        server.createContext(
                path, exchange -> answer(exchange, status, content.length == 0 ? NOTHING : content.length, content));
    }

    public void redirect(String path, String to) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            answer(exchange, 302, NOTHING, new byte[0]);
        });
    }

    /** Begins well, and then goes on for ever, a byte now and then. */
    public void trickle(String path, byte[] start) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, IN_PIECES);
            OutputStream out = exchange.getResponseBody();
            out.write(start);
            while (!isClosedAfter(20)) {
                out.write(0);
                out.flush();
            }
        });
    }

    /** Never ends, as fast as it can. */
    public void pour(String path, byte[] start) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, IN_PIECES);
            OutputStream out = exchange.getResponseBody();
            out.write(start);
            while (!isClosedAfter(0)) {
                out.write(new byte[1024]);
            }
        });
    }

    public void keepSilent(String path) {
        server.createContext(path, exchange -> {
            while (!isClosedAfter(60_000)) {
                // as long as the test lasts
            }
        });
    }

    private void handle(HttpExchange exchange) throws IOException {
        answer(exchange, 404, NOTHING, new byte[0]);
    }

    private void answer(HttpExchange exchange, int status, long length, byte[] content) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        exchange.sendResponseHeaders(status, length);
        if (length != NOTHING) {
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }

    private boolean isClosedAfter(long milliseconds) {
        try {
            return closed.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
