package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Tickets that were there before. */
final class TestTickets {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestTickets() {}

    static void create(String url, String key, String tracker, String status) throws IOException, InterruptedException {
        String body =
                String.format("{\"issue\":{\"subject\":\"seen\",\"tracker_id\":%s,\"status_id\":%s}}", tracker, status);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/projects/alert/issues.json"))
                .header("Content-Type", "application/json")
                .header("X-Redmine-API-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build();
        assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }
}
