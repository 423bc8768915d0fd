package faults;

import faults.History.Post;
import faults.History.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Posts as Mackerel does: of one problem one after the other, of all at the same time. What is not answered with 202 is posted again
 * after a while, or given up where the history says so; an answer that Mackerel should never get is kept for the verdict.
 */
final class Driver implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final History history;
    private final Webhooks webhooks;
    private final List<URI> doors;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(24, Threads.named("driver"));
    private final CountDownLatch left;
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final List<String> strange = Collections.synchronizedList(new ArrayList<>());

    Driver(History history, Webhooks webhooks, List<URI> doors) {
        this.history = history;
        this.webhooks = webhooks;
        this.doors = doors;
        this.left = new CountDownLatch(history.problems.size());
    }

    void start() {
        history.problems.forEach(problem -> later(() -> post(problem, 0, 1), history.starts.get(problem)));
    }

    boolean isDone() {
        return left.getCount() == 0;
    }

    int attempts() {
        return attempts.get();
    }

    int acknowledged() {
        return acknowledged.get();
    }

    int givenUp() {
        return givenUp.get();
    }

    /** Answers that no post of this history deserves. */
    List<String> strange() {
        return strange;
    }

    private void post(Problem problem, int index, int attempt) {
        if (index == problem.posts.size()) {
            left.countDown();
            return;
        }
        Post post = problem.posts.get(index);
        String body = webhooks.body(post);
        boolean taken = post.twice() && attempt == 1 ? sendTwice(problem, post, body) : send(problem, post, body);
        if (!taken && webhooks.isMadeAgain(post, attempt)) {
            later(() -> post(problem, index, attempt + 1), 700);
            return;
        }
        if (!taken) {
            givenUp.incrementAndGet();
        }
        int pause =
                index + 1 < problem.posts.size() ? problem.posts.get(index + 1).pause() : 0;
        later(() -> post(problem, index + 1, 1), pause);
    }

    private void later(Runnable work, int millis) {
        workers.schedule(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException failure) {
                        strange.add("the driver failed: " + failure);
                        left.countDown();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private boolean sendTwice(Problem problem, Post post, String body) {
        var other = workers.submit(() -> send(problem, post, body));
        boolean taken = send(problem, post, body);
        try {
            return other.get() | taken;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean send(Problem problem, Post post, String body) {
        int number = attempts.incrementAndGet();
        synchronized (problem) {
            problem.attempts++;
            post.change().mayBeInAt = Math.min(post.change().mayBeInAt, problem.attempts);
        }
        if (body.isEmpty()) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(doors.get(number % doors.size()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return taken(problem, post, status);
        } catch (IOException notTaken) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean taken(Problem problem, Post post, int status) {
        if (status != 202 && status != 503) {
            strange.add(Instant.now() + " " + post.change().token() + " was answered with " + status);
        }
        if (status != 202) {
            return false;
        }
        acknowledged.incrementAndGet();
        synchronized (problem) {
            post.change().isInAt = Math.min(post.change().isInAt, problem.attempts);
        }
        return true;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
