package dev.mackerelredmine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.redmine.RedmineBreaker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.InterceptStrategy;

/** The whole service with its real routes, in this JVM, on ports of its own; in preview unless it is given a Redmine. */
public final class RunningService implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Redmine is asked only what alerts make us ask, so that a fault or a count in a test is theirs. */
    static final String NOT_OF_ALERTS = "**/check.camel.yaml,**/people.camel.yaml";

    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, Object> bound = new HashMap<>();
    private final Path database;
    private String routes = "file:routes/**/*.camel.yaml";
    private String leftOut = NOT_OF_ALERTS;
    private Main main;
    private InterceptStrategy strategy;

    public RunningService(Path folder) {
        database = folder.resolve("data").resolve("store.db");
        with("server.port", Integer.toString(FreePort.next()));
        with("management.port", Integer.toString(FreePort.next()));
        with("store.url", "jdbc:sqlite:" + database);
        with("delivery.initial-backoff", "50ms");
        with("delivery.max-backoff", "200ms");
        with("delivery.poll-interval", "50ms");
        with("ticket.graphs", "false");
        with("gate.rate", "0");
        with("redmine.settle-time", "300ms");
        with("redmine.max-requests-per-second", "0");
        with("redmine.response-timeout", "2s");
    }

    /** Three test JVMs ask one Redmine with one thread, which takes up to 0.6 s a request then: an answer may be behind others. */
    RunningService withSharedRedmine() {
        return with("redmine.response-timeout", "10s");
    }

    public RunningService with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /** Puts this into Camel's registry before anything starts. */
    public RunningService bind(String name, Object object) {
        bound.put(name, object);
        return this;
    }

    /** Makes every step of every route do something more. */
    public RunningService intercepting(InterceptStrategy strategy) {
        this.strategy = strategy;
        return this;
    }

    /** With this file in place of routes/policy.camel.yaml. */
    public RunningService withPolicy(Path file) {
        return withRoutes("policy", file);
    }

    /** With this file in place of routes/operator.camel.yaml. */
    public RunningService withOperator(Path file) {
        return withRoutes("operator", file);
    }

    /** With this file in place of routes/ticket-changed.camel.yaml. */
    public RunningService withTicketChanged(Path file) {
        return withRoutes("ticket-changed", file);
    }

    /** With this file in place of routes/notify.camel.yaml. */
    public RunningService withNotify(Path file) {
        return withRoutes("notify", file);
    }

    /** With this file in place of routes/webhook.camel.yaml. */
    public RunningService withWebhook(Path file) {
        return withRoutes("webhook", file);
    }

    /** Without the routes of this file, such as {@code service/mackerel}. */
    public RunningService without(String file) {
        leftOut += ",**/" + file + ".camel.yaml";
        return this;
    }

    /** Asks Redmine what people did, too, so often. */
    public RunningService watching(String interval) {
        leftOut = leftOut.replace(",**/people.camel.yaml", "");
        return with("redmine.poll-interval", interval);
    }

    private RunningService withRoutes(String name, Path file) {
        routes += ",file:" + file;
        leftOut += ",*routes/" + name + ".camel.yaml";
        return this;
    }

    public RunningService start() throws Exception {
        main = Routes.camel(Routes.ALL);
        if (strategy != null) {
            main.bind("strategy", strategy);
        }
        main.setDefaultPropertyPlaceholderLocation("file:application.properties");
        main.configure().withRoutesIncludePattern(routes).withRoutesExcludePattern(leftOut);
        bound.forEach(main::bind);
        settings.forEach(main::addOverrideProperty);
        Routes.start(main);
        return this;
    }

    @Override
    public void close() {
        main.stop();
    }

    public CamelContext camelContext() {
        return main.getCamelContext();
    }

    public HttpResponse<String> post(byte[] body) throws IOException, InterruptedException {
        return post("application/json", body);
    }

    public HttpResponse<String> post(String contentType, byte[] body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(webhook())
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    public URI webhook() {
        return URI.create("http://127.0.0.1:" + settings.get("server.port") + "/mackerel");
    }

    public URI management(String path) {
        return URI.create("http://127.0.0.1:" + settings.get("management.port") + path);
    }

    public JsonNode previews() throws IOException, InterruptedException {
        return JSON.readTree(send(HttpRequest.newBuilder(management("/preview"))
                        .header("Accept", "application/json")
                        .build())
                .body());
    }

    /** One number out of the store, read beside the service. */
    public long count(String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + query)) {
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One text out of the store, read beside the service; null where there is none. */
    public String text(String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + query)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes the store beside the service. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether all that is undelivered waits for Redmine to come back, and nobody is at work on it. */
    public boolean waitsForRedmine() {
        RedmineBreaker breaker =
                camelContext().getRegistry().lookupByNameAndType("redmineBreaker", RedmineBreaker.class);
        return !breaker.isClosed() && count("problem WHERE lease IS NOT NULL") == 0;
    }

    /** Whether nothing waits to be delivered. */
    public boolean isIdle() {
        return count("problem WHERE due_at IS NOT NULL") == 0;
    }
}
