package dev.mackerelredmine.webhook.gate;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The sender's address: the peer's, or behind trusted proxies the nearest address that is not a trusted proxy's. Headers from others are
 * ignored. It is empty where a trusted proxy sends something that is not an address, or two headers with different ones.
 */
final class ClientAddress {

    private final List<AddressRange> trusted;

    ClientAddress(List<AddressRange> trusted) {
        this.trusted = trusted;
    }

    Optional<InetAddress> of(HttpServerRequest request) {
        return of(peer(request), request.headers());
    }

    Optional<InetAddress> of(Optional<InetAddress> peer, MultiMap headers) {
        if (!isProxy(peer)) {
            return peer;
        }
        List<Optional<InetAddress>> said =
                ForwardedFor.in(headers).map(this::client).distinct().toList();
        return switch (said.size()) {
            case 0 -> peer;
            case 1 -> said.get(0);
            default -> Optional.empty();
        };
    }

    /** Where all are proxies, the farthest. */
    private Optional<InetAddress> client(List<Optional<InetAddress>> nearestFirst) {
        return nearestFirst.stream()
                .filter(address -> !isProxy(address))
                .findFirst()
                .orElse(nearestFirst.get(nearestFirst.size() - 1));
    }

    boolean isProxy(Optional<InetAddress> address) {
        return address.filter(known -> trusted.stream().anyMatch(range -> range.contains(known)))
                .isPresent();
    }

    /** Without the zone, by which this machine tells its own networks apart. */
    static Optional<InetAddress> peer(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress())
                .map(SocketAddress::hostAddress)
                .flatMap(address -> Address.of(address.replaceFirst("%.*", "")));
    }
}
