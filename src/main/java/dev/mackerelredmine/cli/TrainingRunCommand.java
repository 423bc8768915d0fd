package dev.mackerelredmine.cli;

import dev.mackerelredmine.camel.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;

/**
 * What {@link ClassArchive} has a second Java do: the service starts, takes one alert, sends it to a Redmine that says yes to everything, and
 * stops. So that Java sees the classes that a start and a first ticket need. All of it stays on this machine.
 */
@Command(name = TrainingRunCommand.NAME, hidden = true)
public final class TrainingRunCommand implements Callable<Integer> {

    static final String NAME = "training-run";

    private static final String ALERT = "training-run.json";
    private static final String LOCAL = "127.0.0.1";
    private static final int LONGEST_SECONDS = 60;

    private final CountDownLatch created = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx();
        int redmine = untilListening(vertx);
        int webhook = freePort();
        Main main = RunCommand.camel();
        Map.of(
                        "redmine.url",
                        "http://" + LOCAL + ":" + redmine,
                        "redmine.apikey",
                        "none",
                        "redmine.project",
                        "1",
                        "server.host",
                        LOCAL,
                        "server.port",
                        String.valueOf(webhook),
                        "management.port",
                        String.valueOf(freePort()))
                .forEach(main::addOverrideProperty);
        Routes.start(main);
        main.getCamelTemplate()
                .requestBodyAndHeaders(
                        "http://" + LOCAL + ":" + webhook + "/mackerel",
                        alert(),
                        Map.of(Exchange.CONTENT_TYPE, "application/json"));
        boolean isDone = created.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        main.stop();
        return isDone ? 0 : 1;
    }

    private int untilListening(Vertx vertx) {
        return vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, LOCAL)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private void answer(HttpServerRequest request) {
        boolean isNew = request.method().equals(HttpMethod.POST);
        request.response()
                .setStatusCode(isNew ? 201 : 200)
                .putHeader("Content-Type", "application/json")
                .end(isNew ? "{\"issue\":{\"id\":1}}" : "{\"issues\":[],\"total_count\":0,\"offset\":0,\"limit\":25}");
        if (isNew) {
            created.countDown();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOCAL))) {
            return socket.getLocalPort();
        }
    }

    private static byte[] alert() throws IOException {
        try (InputStream alert = TrainingRunCommand.class.getResourceAsStream(ALERT)) {
            return alert.readAllBytes();
        }
    }
}
