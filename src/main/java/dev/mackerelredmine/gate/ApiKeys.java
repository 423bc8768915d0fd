package dev.mackerelredmine.gate;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Lets in who shows one of the keys, in the header x-api-key or as the password of HTTP Basic; with no keys, everybody. Others get a
 * challenge (401). How long an answer takes tells nothing of a key: digests are compared, of equal length, and always all of them.
 */
public final class ApiKeys implements Check {

    /** What is counted and throttled where there are no keys. */
    static final int NO_KEY = 0;

    private static final String BASIC = "Basic ";
    private static final Refusal REFUSAL = new Refusal(
            401,
            "No valid key",
            "The key is missing or wrong. It goes into the header x-api-key, or as the password into the webhook's"
                    + " address in Mackerel: https://mackerel:KEY@HOST/mackerel",
            Map.of("WWW-Authenticate", "Basic realm=\"mackerel-redmine\", charset=\"UTF-8\""));

    private final List<byte[]> digests;
    private final IntConsumer used;

    /**
     * @param keys several while they are being changed
     * @param used is told which of them was shown: 1 is the first
     */
    public ApiKeys(List<String> keys, IntConsumer used) {
        this.digests = keys.stream().map(ApiKeys::digest).toList();
        this.used = used;
    }

    @Override
    public Optional<Refusal> refuses(HttpServerRequest request) {
        if (digests.isEmpty()) {
            return Optional.empty();
        }
        int position = shownBy(request);
        if (position == NO_KEY) {
            return Optional.of(REFUSAL);
        }
        used.accept(position);
        return Optional.empty();
    }

    /** The position of the key that a request shows, from 1; of several the last. */
    int shownBy(HttpServerRequest request) {
        List<byte[]> shown = shown(request).map(ApiKeys::digest).toList();
        int position = NO_KEY;
        for (int i = 0; i < digests.size(); i++) {
            for (byte[] one : shown) {
                position = MessageDigest.isEqual(one, digests.get(i)) ? i + 1 : position;
            }
        }
        return position;
    }

    private static Stream<String> shown(HttpServerRequest request) {
        return Stream.concat(
                request.headers().getAll("x-api-key").stream(),
                request.headers().getAll("Authorization").stream().flatMap(ApiKeys::password));
    }

    /** What is no Basic authorization shows no key. */
    private static Stream<String> password(String authorization) {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Stream.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String userAndPassword = new String(decoded, StandardCharsets.UTF_8);
            int colon = userAndPassword.indexOf(':');
            return colon < 0 ? Stream.empty() : Stream.of(userAndPassword.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return Stream.empty();
        }
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
