package dev.mackerelredmine.webhook;

import dev.mackerelredmine.observe.AnswerCounter;
import dev.mackerelredmine.observe.Meters;
import dev.mackerelredmine.operator.RefusedPosts;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.webhook.gate.BodiesInMemory;
import dev.mackerelredmine.webhook.gate.Gate;
import dev.mackerelredmine.webhook.gate.Refusal;
import dev.mackerelredmine.webhook.gate.SlowSenders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that takes Mackerel's posts. Camel's own opens its port before the routes stand, so that a post would meet a 404, and
 * waits for ever for who sends nothing: this one opens it when it is told to. That the port can be had was checked with the settings.
 */
public final class WebhookServer extends VertxPlatformHttpServer {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookServer.class);
    private static final Duration LONGEST_FOR_A_REQUEST = Duration.ofSeconds(10);

    /** Longer than proxies keep a connection: who closes it must not be we, just when a post is sent through it. */
    private static final int IDLE_SECONDS = 75;

    private static final Refusal TOO_LARGE =
            new Refusal(413, "Too large", "The post is larger than server.max-body-size, and was not taken.", Map.of());

    /** What no route takes: Vert.x answers that without a body. */
    private static final List<Refusal> NO_ROUTE = List.of(
            new Refusal(404, "Not found", "Mackerel's posts go to /mackerel.", Map.of()),
            new Refusal(405, "Not a post", "Only POST is taken.", Map.of("Allow", "POST")),
            new Refusal(415, "Not JSON", "Only application/json is taken.", Map.of()));

    private final Gate gate;
    private final RefusedPosts refused;
    private final Optional<WebhookCertificate> certificate;
    private final long largestBody;
    private VertxPlatformHttpRouter router;
    private SlowSenders slowSenders;

    public WebhookServer(
            VertxPlatformHttpServerConfiguration configuration, Gate gate, RefusedPosts refused, Settings settings) {
        super(configuration);
        this.gate = gate;
        this.refused = refused;
        this.largestBody = configuration.getMaxBodySize();
        this.certificate = WebhookCertificate.of(settings);
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
    }

    /** Joins the context's services, so that the routes find it, and it stops when they do. */
    public void register() throws Exception {
        getCamelContext().addService(this);
    }

    public void unregister() throws Exception {
        ServiceHelper.stopService(this);
        getCamelContext().removeService(this);
    }

    @Override
    protected void doStart() {
        initializeServer();
        router = VertxPlatformHttpRouter.lookup(
                getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(getConfigurationPort()));
        slowSenders = new SlowSenders(getVertx(), gate, LONGEST_FOR_A_REQUEST);
        router.route().handler(new AnswerCounter(Meters.of(getCamelContext())));
        router.route().handler(this::countRefused);
        router.route().handler(slowSenders::begun);
        router.route().handler(gate);
        router.route().handler(new BodiesInMemory(gate, largestBody));
        router.route().failureHandler(this::refuse);
        NO_ROUTE.forEach(refusal -> router.errorHandler(refusal.status(), context -> gate.refuse(context, refusal)));
    }

    private void countRefused(RoutingContext context) {
        context.addEndHandler(answered -> {
            if (isPost(context.request())) {
                refused.answered(context.response().getStatusCode());
            }
        });
        context.next();
    }

    /** Whatever else comes from the internet is no lost alert. */
    private boolean isPost(HttpServerRequest request) {
        return request.method().name().equals("POST")
                && getCamelContext().getEndpoints().stream()
                        .anyMatch(it -> it instanceof PlatformHttpEndpoint webhook && isFor(webhook, request.path()));
    }

    private static boolean isFor(PlatformHttpEndpoint webhook, String path) {
        return webhook.isMatchOnUriPrefix()
                ? path.startsWith(webhook.getPath())
                : webhook.getPath().equals(path);
    }

    /** What is refused before it comes to a route, which else only the sender would know. */
    private void refuse(RoutingContext context) {
        if (context.response().closed() || context.response().ended()) {
            LOG.debug("A sender did not wait for the answer", context.failure());
            return;
        }
        int status = context.statusCode();
        gate.refuse(
                context,
                status == TOO_LARGE.status()
                        ? TOO_LARGE
                        : new Refusal(
                                status,
                                HttpResponseStatus.valueOf(status).reasonPhrase(),
                                "The post was not taken.",
                                Map.of()));
    }

    /** Without HTTP/2, for whose sake Vert.x would tell of a connection only when something has come on it. */
    public void open() {
        HttpServerOptions options =
                new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false);
        certificate.ifPresent(it -> it.shownBy(options));
        HttpServer server = untilDone(getVertx()
                .createHttpServer(options)
                .connectionHandler(slowSenders::connected)
                .requestHandler(router)
                .listen(getConfigurationPort(), getHost()));
        certificate.ifPresent(it -> it.renewIn(server, getVertx()));
    }

    /** With all that it listens on; if it was started at all. */
    @Override
    protected void stopVertx() {
        if (getVertx() != null) {
            untilDone(getVertx().close());
        }
    }

    private static <T> T untilDone(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
