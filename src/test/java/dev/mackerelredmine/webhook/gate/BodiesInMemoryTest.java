package dev.mackerelredmine.webhook.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class BodiesInMemoryTest {

    private static final int LARGEST = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final BodiesInMemory bodies =
            new BodiesInMemory(new Gate(List.of()), LARGEST, 2_500, Duration.ofMillis(2_000));
    private final List<Runnable> answers = new ArrayList<>();
    private HttpClient client;
    private int port;

    /** A server that answers when it is let. */
    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        router.route().handler(bodies);
        router.route().handler(context -> {
            synchronized (answers) {
                answers.add(() -> context.response().setStatusCode(202).end());
                answers.notifyAll();
            }
        });
        port = done(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();
        client = vertx.createHttpClient();
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Future<Integer> post(int bytes) {
        return client.request(HttpMethod.POST, port, "127.0.0.1", "/mackerel")
                .compose(request -> request.send(Buffer.buffer(new byte[bytes])))
                .map(answer -> answer.statusCode());
    }

    private void await(int posts) throws InterruptedException {
        synchronized (answers) {
            while (answers.size() < posts) {
                answers.wait();
            }
        }
    }

    private void answerAll() {
        synchronized (answers) {
            answers.forEach(answer -> vertx.runOnContext(now -> answer.run()));
            answers.clear();
        }
    }

    @Test
    void reads_what_there_is_memory_for_and_refuses_what_waits_too_long() throws Exception {
        List<Future<Integer>> taken = List.of(post(LARGEST), post(LARGEST));
        await(2);

        assertThat(done(post(LARGEST))).isEqualTo(503);
        assertThat(answers).hasSize(2);

        answerAll();
        for (Future<Integer> one : taken) {
            assertThat(done(one)).isEqualTo(202);
        }
        Future<Integer> later = post(LARGEST);
        await(1);
        answerAll();
        assertThat(done(later)).isEqualTo(202);
    }

    @Test
    void reads_one_that_waits_as_soon_as_another_is_answered() throws Exception {
        post(LARGEST);
        post(LARGEST);
        await(2);
        Future<Integer> third = post(LARGEST);

        answerAll();
        await(1);
        answerAll();

        assertThat(done(third)).isEqualTo(202);
    }

    /** Its memory would be counted for ever, and in the end nobody would be let in. */
    @Test
    void forgets_a_sender_who_leaves_while_its_post_waits() throws Exception {
        post(LARGEST);
        post(LARGEST);
        await(2);
        for (int leaver = 0; leaver < 3; leaver++) {
            HttpClient impatient = vertx.createHttpClient();
            impatient
                    .request(HttpMethod.POST, port, "127.0.0.1", "/mackerel")
                    .compose(request -> request.send(Buffer.buffer(new byte[LARGEST])));
            awaitWaiting(1);
            done(impatient.close());
            awaitWaiting(0);
        }

        answerAll();
        Future<Integer> first = post(LARGEST);
        Future<Integer> second = post(LARGEST);
        await(2);
        answerAll();
        assertThat(done(first)).isEqualTo(202);
        assertThat(done(second)).isEqualTo(202);
    }

    private void awaitWaiting(int posts) {
        Awaitility.await().until(() -> bodies.waiting() == posts);
    }

    @Test
    void counts_nothing_for_a_request_without_a_body() throws Exception {
        post(LARGEST);
        post(LARGEST);
        await(2);

        Future<Integer> get = client.request(HttpMethod.GET, port, "127.0.0.1", "/other")
                .compose(request -> request.send())
                .map(answer -> answer.statusCode());
        await(3);
        answerAll();

        assertThat(done(get)).isEqualTo(202);
    }

    @Test
    void counts_the_largest_body_for_a_post_that_does_not_say_how_long_it_is() throws Exception {
        post(LARGEST);
        post(LARGEST);
        await(2);

        HttpClientRequest chunked = done(client.request(HttpMethod.POST, port, "127.0.0.1", "/mackerel"));
        chunked.setChunked(true).end("x");
        assertThat(done(chunked.response()).statusCode()).isEqualTo(503);
        answerAll();
    }
}
