package dev.mackerelredmine;

import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * The server that takes Mackerel's posts. Camel's own opens its port before the routes stand, so that a post would meet a 404,
 * and only logs a port that it cannot open: this one opens it last, and fails.
 */
public final class WebhookServer extends VertxPlatformHttpServer implements StartupListener {

    private final VertxPlatformHttpServerConfiguration configuration;

    public WebhookServer(VertxPlatformHttpServerConfiguration configuration) {
        super(configuration);
        this.configuration = configuration;
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
    }

    /** Joins the context's services, so that it stops when they do. */
    public void register() throws Exception {
        getCamelContext().addService(this);
        getCamelContext().addStartupListener(this);
    }

    @Override
    protected void doStart() {
        initializeServer();
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // not yet: the routes are not started
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) throws Exception {
        startServer();
        check("server.port", this);
        VertxPlatformHttpRouter management = VertxPlatformHttpRouter.lookup(
                context, VertxPlatformHttpRouter.getRouterNameFromPort(managementPort(context)));
        if (management != null) {
            check("management.port", management.getServer());
        }
    }

    private static int managementPort(CamelContext context) {
        return Integer.parseInt(context.resolvePropertyPlaceholders("{{management.port}}"));
    }

    private static void check(String setting, VertxPlatformHttpServer server) {
        if (server.getServer() == null || server.getServer().actualPort() <= 0) {
            throw new PortException(setting, server.getHost() + ":" + server.getConfigurationPort());
        }
    }
}
