package dev.mackerelredmine;

import io.vertx.core.http.HttpMethod;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Shows the last previews as JSON at /preview on the management port, where Camel's routes cannot listen. */
public final class PreviewPage implements CamelContextAware, StartupListener {

    private final Previews previews;
    private CamelContext camelContext;

    public PreviewPage(Previews previews) {
        this.previews = previews;
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

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        int port = Integer.parseInt(context.resolvePropertyPlaceholders("{{management.port}}"));
        VertxPlatformHttpRouter management =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        if (management != null) {
            management.route(HttpMethod.GET, "/preview").handler(request -> request
                    .response()
                    .putHeader("Content-Type", "application/json; charset=utf-8")
                    .end(previews.json()));
        }
    }
}
