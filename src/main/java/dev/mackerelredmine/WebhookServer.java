package dev.mackerelredmine;

import dev.mackerelredmine.observe.AnswerCounter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that takes Mackerel's posts. Camel's own opens its port before the routes stand, so that a post would meet a 404:
 * this one opens it when it is told to. That the port can be had was checked with the settings.
 */
public final class WebhookServer extends VertxPlatformHttpServer {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookServer.class);

    private final Optional<WebhookCertificate> certificate;
    private VertxPlatformHttpRouter router;

    public WebhookServer(VertxPlatformHttpServerConfiguration configuration, Settings settings) {
        super(configuration);
        certificate = settings.webhookCertificate();
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
        router.route().handler(new AnswerCounter(Settings.meters(getCamelContext())));
        router.route().failureHandler(WebhookServer::refuse);
    }

    /** What is refused before it comes to a route (413), which else only the sender would know. */
    private static void refuse(RoutingContext request) {
        LOG.warn("Refused a {} with {}", request.request().method(), request.statusCode());
        request.response().setStatusCode(request.statusCode()).end();
    }

    void open() {
        HttpServerOptions options = new HttpServerOptions();
        certificate.ifPresent(it -> it.shownBy(options));
        HttpServer server = untilDone(
                getVertx().createHttpServer(options).requestHandler(router).listen(getConfigurationPort(), getHost()));
        certificate.ifPresent(it -> it.renewIn(server, getVertx()));
    }

    /** With all that it listens on. */
    @Override
    protected void stopVertx() {
        untilDone(getVertx().close());
    }

    private static <T> T untilDone(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
