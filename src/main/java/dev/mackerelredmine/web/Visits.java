package dev.mackerelredmine.web;

import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a request comes from a person who wants it. A browser sends the login by itself, whoever makes it send a request: so what changes
 * anything must come from our own pages. And where no login is set, a name of somebody else's that leads to this machine is no name of ours.
 */
final class Visits {

    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final boolean hasLogin;
    private final String host;

    /** @param host of the management port, as the settings have it */
    Visits(boolean hasLogin, String host) {
        this.hasLogin = hasLogin;
        this.host = host;
    }

    /** Whether it was asked for by a name of this machine; with a login, any name will do. */
    boolean isForUs(RoutingContext request) {
        HostAndPort asked = request.request().authority();
        if (hasLogin) {
            return true;
        }
        if (asked == null) {
            return false;
        }
        String name = asked.host().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        return name.equals("localhost")
                || name.equals("::1")
                || name.matches("127(\\.\\d{1,3}){3}")
                || name.equals(host);
    }

    /** Whether a page of ours sent it, or somebody without a browser. */
    static boolean isFromUs(RoutingContext request) {
        String site = request.request().getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OURS.contains(site);
        }
        String origin = request.request().getHeader("Origin");
        return origin == null || isOurs(origin, request.request().authority());
    }

    private static boolean isOurs(String origin, HostAndPort asked) {
        try {
            return asked != null
                    && asked.toString().equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whoever has the login that may only read may not. */
    static boolean mayAct(RoutingContext request) {
        return request.user() == null
                || !Boolean.TRUE.equals(request.user().principal().getBoolean("readsOnly"));
    }

    /** Null where no login is asked for. */
    static String login(RoutingContext request) {
        return request.user() == null ? null : request.user().principal().getString("username");
    }
}
