package faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
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
import java.util.Properties;

/** The real Redmine of e2e/redmine/up: stopped, killed, started, and asked as an administrator, not through the proxy. */
class Redmine {

    private static final String UP = "e2e/redmine/up";
    private static final int PAGE = 100;

    private final Properties ids;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param ids its address and keys, and the numbers of what it was seeded with */
    Redmine(Properties ids) {
        this.ids = ids;
    }

    /** Without any issue. */
    static Redmine fresh() throws IOException, InterruptedException {
        Commands.run(UP, "start");
        Commands.run(UP, "reset");
        Properties ids = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(System.getenv("E2E_REDMINE_IDS")))) {
            ids.load(reader);
        }
        return new Redmine(ids);
    }

    String id(String name) {
        String id = ids.getProperty(name);
        if (id == null) {
            throw new IllegalArgumentException("Redmine was seeded without " + name);
        }
        return id;
    }

    int port() {
        return URI.create(id("url")).getPort();
    }

    void stop() throws IOException, InterruptedException {
        Commands.run(UP, "stop");
    }

    void kill() throws IOException, InterruptedException {
        Commands.run(UP, "kill");
    }

    void start() throws IOException, InterruptedException {
        Commands.run(UP, "start");
    }

    void copyTo(Path file) throws IOException, InterruptedException {
        Commands.run(UP, "save", file.toString());
    }

    void restore(Path file) throws IOException, InterruptedException {
        Commands.run(UP, "restore", file.toString());
    }

    /** All issues that there are, with their journals and relations, in the order of their numbers. */
    List<JsonNode> issues() throws IOException, InterruptedException {
        List<JsonNode> issues = new ArrayList<>();
        JsonNode page;
        int offset = 0;
        do {
            page = get("/issues.json?status_id=*&sort=id&limit=" + PAGE + "&offset=" + offset);
            for (JsonNode issue : page.get("issues")) {
                issues.add(get("/issues/" + issue.get("id").asLong() + ".json?include=journals,relations")
                        .get("issue"));
            }
            offset += PAGE;
        } while (offset < page.get("total_count").asInt());
        return issues;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send("GET", path, null);
        return json.readTree(answer.body());
    }

    HttpResponse<byte[]> send(String method, String path, JsonNode body) throws IOException, InterruptedException {
        return sendAs("admin", method, path, body);
    }

    /** The same as another user, which an administrator may (Redmine's guide, "User Impersonation"). */
    HttpResponse<byte[]> sendAs(String login, String method, String path, JsonNode body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(id("url") + path))
                .timeout(Duration.ofSeconds(60))
                .header("X-Redmine-API-Key", id("key_admin"))
                .header("X-Redmine-Switch-User", login)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + " was answered with " + answer.statusCode());
        }
        return answer;
    }
}
