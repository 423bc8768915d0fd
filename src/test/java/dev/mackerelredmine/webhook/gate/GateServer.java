package dev.mackerelredmine.webhook.gate;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** A server that has nothing but a gate, and answers 202 to who passes it and sends a body. */
final class GateServer implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    GateServer(Check... checks) {
        this(Duration.ofSeconds(10), checks);
    }

    GateServer(Duration longest, Check... checks) {
        Gate gate = new Gate(List.of(checks));
        SlowSenders slowSenders = new SlowSenders(vertx, gate, longest);
        Router router = Router.router(vertx);
        router.route().handler(slowSenders::begun);
        router.route().handler(gate);
        router.route().handler(BodyHandler.create());
        router.route().handler(request -> request.response().setStatusCode(202).end());
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .connectionHandler(slowSenders::connected)
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** @param headers name, value, name, value */
    HttpResponse<String> post(String... headers) throws IOException, InterruptedException {
        return post("", headers);
    }

    HttpResponse<String> post(String query, String[] headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.actualPort() + "/mackerel" + query))
                .POST(BodyPublishers.ofString("{}"));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    Socket connect() throws IOException {
        return new Socket("127.0.0.1", server.actualPort());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
