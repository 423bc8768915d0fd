package dev.mackerelredmine.webhook.gate;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Lets in the addresses that may post. Refuses all others, and requests whose address cannot be determined (403). */
public final class AddressCheck implements Check {

    private static final String TITLE = "Not from here";

    private final ClientAddress clientAddress;
    private final Predicate<InetAddress> allowed;

    /**
     * @param trustedProxies the proxies whose X-Forwarded-For or Forwarded is believed
     * @param allowed which addresses may post
     */
    public AddressCheck(List<AddressRange> trustedProxies, Predicate<InetAddress> allowed) {
        this.clientAddress = new ClientAddress(trustedProxies);
        this.allowed = allowed;
    }

    @Override
    public Optional<Refusal> refuses(HttpServerRequest request) {
        Optional<InetAddress> client = clientAddress.of(request);
        return client.isEmpty()
                ? Optional.of(notKnown(ClientAddress.peer(request)))
                : client.filter(allowed.negate()).map(this::notAllowed);
    }

    private static Refusal notKnown(Optional<InetAddress> peer) {
        return new Refusal(
                403,
                TITLE,
                "From which address the post comes cannot be seen from what the proxies say.",
                Map.of(),
                "It came from " + peer.map(Address::text).orElse("no address")
                        + ". Let that proxy set either X-Forwarded-For or Forwarded, and remove the other one.");
    }

    private Refusal notAllowed(InetAddress client) {
        return new Refusal(
                403,
                TITLE,
                "The address from which the post comes may not post here.",
                Map.of(),
                "It is " + Address.text(client)
                        + (clientAddress.isProxy(Optional.of(client))
                                ? ", one of gate.trusted-proxies itself: if it forwards posts of others, let it say so in"
                                        + " X-Forwarded-For."
                                : ", which is not in gate.allow."));
    }
}
