package dev.mackerelredmine.observe;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BasicAuthHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationConfigEntry;

/**
 * The login to the management port, by HTTP Basic: 401 to whoever has none. It is put into Camel's own server before that opens its port,
 * because Camel itself would take user and password out of one more file only.
 */
public final class ManagementLogin extends AuthenticationConfigEntry {

    /** A load balancer cannot log in. */
    private static final Set<String> OPEN = Set.of("/observe/health/live", "/observe/health/ready");

    private final byte[] login;
    private final CamelContext camelContext;

    /** @param user null where no login is asked for */
    public ManagementLogin(String user, String password, CamelContext camelContext) {
        login = user == null ? null : bytes(user, password);
        this.camelContext = camelContext;
        setPath("/*");
    }

    /** Camel makes the beans of YAML files twice at start: the server is there when the second one comes. */
    public void require() {
        ManagementHttpServer server = camelContext.hasService(ManagementHttpServer.class);
        if (login != null && server != null) {
            AuthenticationConfig configuration = server.getConfiguration().getAuthenticationConfig();
            configuration.getEntries().add(this);
            configuration.setEnabled(true);
        }
    }

    @Override
    public Handler<RoutingContext> createAuthenticationHandler(Vertx vertx) {
        Handler<RoutingContext> byLogin = BasicAuthHandler.create(provider(), "mackerel-redmine");
        return request -> {
            if (OPEN.contains(request.request().path())) {
                request.next();
            } else {
                byLogin.handle(request);
            }
        };
    }

    private AuthenticationProvider provider() {
        return (given, result) -> result.handle(
                isLogin(given)
                        ? Future.succeededFuture(User.fromName(given.getString("username")))
                        : Future.failedFuture("another user or password"));
    }

    /** It takes as long however much of it is right. */
    private boolean isLogin(JsonObject given) {
        return MessageDigest.isEqual(login, bytes(given.getString("username", ""), given.getString("password", "")));
    }

    /** No user has a colon. */
    private static byte[] bytes(String user, String password) {
        return (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    }
}
