import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;

/**
 * The way from a peer to Redmine. Closed, its port is closed, as of a Redmine that is away. Each connection is for one request, and is
 * passed on as it is; only the answer to an alert's first creation can be held back. What was created is kept.
 */
final class Gate {

    private static final ExecutorService WORKERS = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "gate");
        thread.setDaemon(true);
        return thread;
    });

    final int port = Service.freePort();
    private final int redminePort;
    private final Set<String> lateOnce = ConcurrentHashMap.newKeySet();
    private final List<byte[]> creations = new ArrayList<>();
    private volatile long lateMillis;
    private volatile long lastRequest = System.nanoTime();
    private ServerSocket server;
    private Future<?> accepting;
    private long begun;
    private long ended;

    Gate(int redminePort) {
        this.redminePort = redminePort;
    }

    /** Forgets what was created. */
    synchronized void open() throws IOException {
        creations.clear();
        begun = 0;
        lastRequest = System.nanoTime();
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
        ServerSocket opened = server;
        accepting = WORKERS.submit(() -> {
            while (!opened.isClosed()) {
                try {
                    Socket client = opened.accept();
                    WORKERS.submit(() -> pass(client));
                } catch (SocketException closed) {
                    // The port is free now.
                }
            }
            return null;
        });
    }

    /** What was sent to create issues since it was opened. */
    synchronized List<byte[]> close() throws Exception {
        server.close();
        accepting.get();
        return List.copyOf(creations);
    }

    /** From now on the answer to the first creation of each alert is held back for so long. */
    void holdFirstAnswers(long millis) {
        lateMillis = millis;
    }

    private Void pass(Socket client) throws Exception {
        long at = System.nanoTime();
        lastRequest = at;
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        try (client;
                Socket redmine = new Socket(InetAddress.getLoopbackAddress(), redminePort)) {
            request.writeBytes(forOneConnection(head(client.getInputStream())));
            redmine.getOutputStream().write(request.toByteArray());
            WORKERS.submit(() -> {
                copyBody(client.getInputStream(), redmine, request);
                return null;
            });
            byte[] answer = redmine.getInputStream().readAllBytes();
            String asked = text(request);
            if (asked.startsWith("POST ") && text(answer).startsWith("HTTP/1.1 201 ")) {
                created(at, request);
                hold(asked);
            }
            lastRequest = System.nanoTime();
            client.getOutputStream().write(answer);
        }
        return null;
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the request ended in its midst");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static byte[] forOneConnection(String head) {
        String lines = head.replaceAll("(?im)^(connection|keep-alive): [^\n]*\n", "");
        return (lines.substring(0, lines.length() - 2) + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void copyBody(InputStream in, Socket redmine, ByteArrayOutputStream request) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
            synchronized (request) {
                request.write(buffer, 0, length);
            }
            redmine.getOutputStream().write(buffer, 0, length);
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        synchronized (bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private synchronized void created(long at, ByteArrayOutputStream request) {
        begun = begun == 0 ? at : Math.min(begun, at);
        ended = System.nanoTime();
        synchronized (request) {
            creations.add(request.toByteArray());
        }
        notifyAll();
    }

    private void hold(String asked) throws InterruptedException {
        Matcher alert = Alerts.NAME.matcher(asked);
        if (lateMillis > 0 && alert.find() && lateOnce.add(alert.group())) {
            TimeUnit.MILLISECONDS.sleep(lateMillis);
        }
    }

    /** Whether there were so many creations in time since it was opened. */
    synchronized boolean awaitCreations(int number, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (creations.size() < number && System.nanoTime() < end) {
            wait(1000);
        }
        return creations.size() >= number;
    }

    synchronized int creations() {
        return creations.size();
    }

    /** Creations a second, from when the first was asked for to when the last was answered. */
    synchronized double perSecond() {
        return creations.size() * 1e9 / (ended - begun);
    }

    double quietSeconds() {
        return (System.nanoTime() - lastRequest) / 1e9;
    }
}
