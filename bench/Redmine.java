import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A double of Redmine that costs little: it makes an issue of every POST, and has none to find. The scripts compile it, so that each program
 * of bench/ has it on its class path.
 */
public final class Redmine implements AutoCloseable {

    private static final Pattern SHOWN = Pattern.compile("\"(?:subject|description)\":\"(?:[^\"\\\\]++|\\\\.)*+\"");

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger created = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Consumer<String> asked;
    private final HttpServer server;

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** @param port 0 for one that is free @param asked gets what is asked for by each POST, before it is answered */
    public Redmine(int port, Consumer<String> asked) throws IOException {
        this.asked = asked;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public int requests() {
        return requests.get();
    }

    /** How many issues. */
    public int created() {
        return created.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean creates = exchange.getRequestMethod().equals("POST");
        byte[] answer = (creates ? issue(body) : "{\"issues\":[],\"total_count\":0,\"user\":{\"id\":1}}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(creates ? 201 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String issue(String body) {
        asked.accept(body);
        String shown = SHOWN.matcher(body).results().map(MatchResult::group).collect(Collectors.joining(","));
        return "{\"issue\":{\"id\":" + created.incrementAndGet() + ",\"project\":{\"id\":1,\"name\":\"bench\"},\"status\":{\"id\":1,\"name\":\"New\"}"
                + "," + shown + "}}";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
