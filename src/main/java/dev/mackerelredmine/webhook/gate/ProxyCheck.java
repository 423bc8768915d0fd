package dev.mackerelredmine.webhook.gate;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses what came through a proxy, where no proxy is known and no key is asked for: a proxy on the same machine makes the whole
 * internet look like that machine. What to set is said in the log.
 */
public final class ProxyCheck implements Check {

    private static final Pattern OF_A_PROXY =
            Pattern.compile("Forwarded|X-Forwarded-.+|X-Real-IP|Via", Pattern.CASE_INSENSITIVE);

    @Override
    public Optional<Refusal> refuses(HttpServerRequest request) {
        boolean isForwarded = request.headers().names().stream()
                .anyMatch(name -> OF_A_PROXY.matcher(name).matches());
        return isForwarded ? Optional.of(refusal(ClientAddress.peer(request))) : Optional.empty();
    }

    private static Refusal refusal(Optional<InetAddress> peer) {
        String proxy = peer.map(Address::text).orElse("its address");
        return new Refusal(
                403,
                "Came through a proxy",
                "The post came through a proxy, and this is not set up to stand behind one.",
                Map.of(),
                "If the proxy at " + proxy + " is yours, add this line to application.properties, so that Mackerel's"
                        + " addresses may post through it: gate.trusted-proxies=" + proxy
                        + " - or a key that a post has to show: gate.api-key=...");
    }
}
