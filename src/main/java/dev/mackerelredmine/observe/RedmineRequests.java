package dev.mackerelredmine.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Times each request to Redmine until its answer begins, and knows since when none succeeds.
 * What is counted changes nothing about the request, and passes on what it throws.
 */
public final class RedmineRequests implements HttpClientConfigurer, ExecChainHandler {

    static final String NO_ANSWER = "no-answer";
    static final String METER = "mackerel.redmine.redmine.requests";

    private static final String SERVER_ERROR = "5xx";
    private static final int HUNDRED = 100;
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10)
    };

    private final Supplier<MeterRegistry> meters;
    private final String basePath;
    private final InstantSource clock;
    private final RecentRequests recent = new RecentRequests();
    private volatile Failure failure;

    /**
     * The meters are asked for with each request, because Camel makes them after the first of its beans.
     * Redmine's own path, where it is not at the root of its host, is left out of what is shown.
     */
    public RedmineRequests(Supplier<MeterRegistry> meters, String basePath) {
        this(meters, basePath, Clock.systemUTC());
    }

    RedmineRequests(Supplier<MeterRegistry> meters, String basePath, InstantSource clock) {
        this.meters = meters;
        this.basePath = basePath;
        this.clock = clock;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.addExecInterceptorFirst("requests to Redmine", this);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Timer.Sample time = Timer.start();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String outcome = NO_ANSWER;
        String status = NO_ANSWER;
        try {
            ClassicHttpResponse answer = chain.proceed(request, scope);
            outcome = answer.getCode() / HUNDRED + "xx";
            status = Integer.toString(answer.getCode());
            return answer;
        } finally {
            long took = time.stop(timer(request.getMethod(), template(request.getPath()), outcome));
            remember(outcome);
            recent.add(new RecentRequests.Request(
                    at,
                    request.getMethod(),
                    plain(request.getPath()),
                    status,
                    Duration.ofNanos(took),
                    LogContext.alert()));
        }
    }

    private Timer timer(String method, String path, String outcome) {
        return Timer.builder(METER)
                .description("Requests to Redmine, until the answer begins")
                .serviceLevelObjectives(BUCKETS)
                .tags("method", method, "path", path, "outcome", outcome)
                .register(meters.get());
    }

    /** Without what makes each one different: numbers, projects, queries. */
    private String template(String requested) {
        return plain(requested)
                .replaceAll("/projects/[^/]+?(?=/|\\.json)", "/projects/{id}")
                .replaceAll("/\\d+(?=/|\\.json)", "/{id}");
    }

    private String plain(String requested) {
        String path = requested.replaceFirst("\\?.*", "");
        return path.startsWith(basePath) ? path.substring(basePath.length()) : path;
    }

    private void remember(String outcome) {
        boolean failed = outcome.equals(NO_ANSWER) || outcome.equals(SERVER_ERROR);
        Failure before = failure;
        failure = failed ? new Failure(before == null ? clock.instant() : before.since(), outcome) : null;
    }

    /** The last ones. */
    public RecentRequests recent() {
        return recent;
    }

    /** The last request, when it failed; null when it did not, or there was none. */
    Failure failure() {
        return failure;
    }

    /**
     * That Redmine does not do it.
     *
     * @param since when the first request failed after the last one that did not
     * @param outcome of the last one: no-answer, or 5xx
     */
    record Failure(Instant since, String outcome) {}
}
