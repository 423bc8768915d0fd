package dev.mackerelredmine.webhook.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of which a post has to show one, in the header x-api-key or as the password of HTTP Basic. How long an answer takes tells
 * nothing of a key: digests are compared, of equal length, and always all of them.
 */
public final class Keys {

    /** The position of no key. */
    public static final int NONE = 0;

    public static final String MISSING = "No valid key";
    public static final String WHERE_IT_GOES =
            "The key is missing or wrong. It goes into the header x-api-key, or as the password into the webhook's"
                    + " address in Mackerel: https://mackerel:KEY@HOST/mackerel";

    private static final String BASIC = "Basic ";

    private final List<byte[]> digests;

    /** @param keys several while they are being changed */
    public Keys(List<String> keys) {
        this.digests = keys.stream().map(Keys::digest).toList();
    }

    public boolean areNone() {
        return digests.isEmpty();
    }

    /**
     * The position of the key that a request shows, from 1; of several the last.
     *
     * @param apiKeys all headers x-api-key
     * @param authorizations all headers Authorization
     */
    public int shown(List<String> apiKeys, List<String> authorizations) {
        List<byte[]> shown = Stream.concat(
                        apiKeys.stream(), authorizations.stream().flatMap(Keys::password))
                .map(Keys::digest)
                .toList();
        int position = NONE;
        for (int i = 0; i < digests.size(); i++) {
            for (byte[] one : shown) {
                position = MessageDigest.isEqual(one, digests.get(i)) ? i + 1 : position;
            }
        }
        return position;
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
