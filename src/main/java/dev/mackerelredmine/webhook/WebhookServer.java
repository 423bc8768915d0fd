package dev.mackerelredmine.webhook;

import dev.mackerelredmine.notice.RefusedPosts;
import dev.mackerelredmine.observe.AnswerCounter;
import dev.mackerelredmine.observe.Meters;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.webhook.gate.BodiesInMemory;
import dev.mackerelredmine.webhook.gate.Gate;
import dev.mackerelredmine.webhook.gate.Refusal;
import dev.mackerelredmine.webhook.gate.SlowSenders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
 * The server that takes Mackerel's posts. Camel's own server opens its port before the routes have started, so that a post would get a 404,
 * and waits for ever for a client that sends nothing. This one opens its port when it is asked to. That the port can be had was checked with the settings.
 */
public final class WebhookServer extends VertxPlatformHttpServer {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookServer.class);
    private static final Duration LONGEST_FOR_A_REQUEST = Duration.ofSeconds(10);

    /** Longer than proxies keep a connection: who closes it must not be we, just when a post is sent through it. */
    private static final int IDLE_SECONDS = 75;

    /** Each waits with its post for the disk, and those that wait are written together: half of what one commit takes at most. */
    private static final int WORKERS = 32;

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
    private String opened;
    private boolean isRetired;

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

    /** Camel makes the beans of YAML files twice at start, and would start the first one although it is taken back. */
    public void unregister() throws Exception {
        isRetired = true;
        ServiceHelper.stopService(this);
        getCamelContext().removeService(this);
    }

    @Override
    protected void doStart() {
        if (isRetired) {
            return;
        }
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

    /** With workers of its own: posts that wait for the store do not hold up who asks at the management port how the service is. */
    public void open() {
        DeploymentOptions own =
                new DeploymentOptions().setWorkerPoolName("webhook").setWorkerPoolSize(WORKERS);
        opened = untilDone(getVertx().deployVerticle(new Port(), own));
    }

    /** Vert.x itself goes on, for who made it. */
    @Override
    protected void stopVertx() {
        if (opened != null) {
            untilDone(getVertx().undeploy(opened));
            opened = null;
        }
    }

    /** What is made in it ends with it: the server, its timers, its workers. */
    private final class Port extends AbstractVerticle {

        /** Without HTTP/2, for whose sake Vert.x would tell of a connection only when something has come on it. */
        @Override
        public void start(Promise<Void> isOpen) {
            HttpServerOptions options =
                    new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false);
            certificate.ifPresent(it -> it.shownBy(options));
            vertx.createHttpServer(options)
                    .connectionHandler(slowSenders::connected)
                    .requestHandler(router)
                    .listen(getConfigurationPort(), getHost())
                    .onSuccess(server -> certificate.ifPresent(it -> it.renewIn(server, vertx)))
                    .<Void>mapEmpty()
                    .onComplete(isOpen);
        }
    }

    private static <T> T untilDone(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
