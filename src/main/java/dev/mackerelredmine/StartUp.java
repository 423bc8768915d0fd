package dev.mackerelredmine;

import dev.mackerelredmine.camel.WithoutKubernetes;
import dev.mackerelredmine.redmine.preview.Previews;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.Deliveries;
import dev.mackerelredmine.web.Site;
import dev.mackerelredmine.webhook.WebhookServer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * What is done when all routes stand: the preview and the pages are shown on the management port, where Camel's routes cannot listen;
 * the webhook's port is opened; the welcome is said.
 */
public final class StartUp implements CamelContextAware, StartupListener {

    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);

    /** A text of ours whose lines the log keeps. */
    private static final Marker BLOCK = MarkerFactory.getMarker("BLOCK");

    private final WebhookServer webhook;
    private final Previews previews;
    private final Site site;
    private final Welcome welcome;
    private CamelContext camelContext;
    private boolean retired;

    public StartUp(Settings settings, Deliveries deliveries, WebhookServer webhook, Previews previews, Site site) {
        this.webhook = webhook;
        this.previews = previews;
        this.site = site;
        this.welcome = new Welcome(settings, deliveries);
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    public void register() throws Exception {
        camelContext.addStartupListener(this);
    }

    /** Camel makes the beans of YAML files twice at start, and has no way to take a listener back: the first one keeps still. */
    public void retire() {
        retired = true;
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // not yet: the last routes are only just starting
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) throws Exception {
        if (retired) {
            return;
        }
        openManagement();
        webhook.open();
        warnOfUnknownVariables();
        warnOfKubernetes();
        LOG.info(BLOCK, "{}", welcome.text());
    }

    private static void warnOfUnknownVariables() {
        String strangers = System.getenv().entrySet().stream()
                .filter(it -> SettingNames.isStranger(it.getKey(), it.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!strangers.isEmpty()) {
            LOG.warn(
                    "These environment variables are not settings, and have no effect unless a route reads them: {}",
                    strangers);
        }
    }

    private static void warnOfKubernetes() {
        List<String> ignored = WithoutKubernetes.ignored(System.getenv());
        if (!ignored.isEmpty()) {
            LOG.warn(
                    "Kubernetes set these environment variables for services of such a name, and they are ignored: {}."
                            + " Set these settings in application.properties, or set enableServiceLinks: false in the pod",
                    String.join(", ", ignored));
        }
    }

    private void openManagement() {
        int port = Integer.parseInt(camelContext.resolvePropertyPlaceholders("{{management.port}}"));
        VertxPlatformHttpRouter management =
                VertxPlatformHttpRouter.lookup(camelContext, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        showPreviews(management);
        site.open(management, management.vertx());
    }

    private void showPreviews(VertxPlatformHttpRouter management) {
        management.route(HttpMethod.GET, "/preview").handler(request -> {
            boolean asksForJson = Objects.requireNonNullElse(request.request().getHeader("Accept"), "")
                    .contains("application/json");
            request.response()
                    .putHeader("Content-Type", (asksForJson ? "application/json" : "text/plain") + "; charset=utf-8")
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Vary", "Accept")
                    .end(asksForJson ? previews.json() : previews.text());
        });
    }
}
