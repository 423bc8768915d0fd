package dev.mackerelredmine.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Stream;

/** Counts what comes to the webhook by what it was answered with, whoever answered; who hung up before that counts as such. */
public final class AnswerCounter implements Handler<RoutingContext> {

    private final MeterRegistry meters;

    /** What is to be watched begins at 0: of a counter that begins at 1, Prometheus sees no increase. */
    public AnswerCounter(MeterRegistry meters) {
        this.meters = meters;
        Stream.of("202", "400", "401", "403", "405", "413", "415", "429", "503").forEach(this::counter);
    }

    @Override
    public void handle(RoutingContext request) {
        request.addEndHandler(ended -> counter(
                        ended.succeeded() ? Integer.toString(request.response().getStatusCode()) : "hung-up")
                .increment());
        request.next();
    }

    private Counter counter(String status) {
        return Counter.builder("mackerel.redmine.posts")
                .description("Requests to the webhook, by the status of the answer")
                .tag("status", status)
                .register(meters);
    }
}
