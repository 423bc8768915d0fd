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
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationConfigEntry;

/**
 * The logins to the management port, by HTTP Basic: 401 to whoever has none. It is put into Camel's own server before that opens its port,
 * because Camel itself would take user and password out of one more file only.
 */
public final class ManagementLogin extends AuthenticationConfigEntry {

    private static final String READS_ONLY = "readsOnly";

    /** A load balancer cannot log in. */
    private static final Set<String> OPEN = Set.of("/observe/health/live", "/observe/health/ready");

    private final byte[] login;
    private final byte[] reader;
    private final CamelContext camelContext;

    /** @param user null where there is none */
    public record Login(String user, String password) {

        private byte[] bytes() {
            return user == null ? null : ManagementLogin.bytes(user, password);
        }
    }

    /**
     * @param login of who may look and act; without it no login is asked for
     * @param reader of who may only look
     */
    public ManagementLogin(Login login, Login reader, CamelContext camelContext) {
        this.login = login.bytes();
        this.reader = reader.bytes();
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
        return (given, result) -> result.handle(user(given)
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture("another user or password")));
    }

    /** It takes as long however much of it is right, and of which. */
    private Optional<User> user(JsonObject given) {
        byte[] bytes = bytes(given.getString("username", ""), given.getString("password", ""));
        boolean isLogin = MessageDigest.isEqual(login, bytes);
        boolean isReader = MessageDigest.isEqual(reader, bytes);
        return isLogin || isReader
                ? Optional.of(User.create(new JsonObject()
                        .put("username", given.getString("username"))
                        .put(READS_ONLY, !isLogin)))
                : Optional.empty();
    }

    /** No user has a colon. */
    private static byte[] bytes(String user, String password) {
        return (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    }
}
