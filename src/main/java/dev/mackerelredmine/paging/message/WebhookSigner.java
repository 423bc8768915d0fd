package dev.mackerelredmine.paging.message;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a post as Standard Webhooks says, so that its receiver knows that it is ours, and new. */
public final class WebhookSigner {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final String secret;

    /** @param secret {@code whsec_} and Base64; null: nothing is signed */
    public WebhookSigner(String secret) {
        this.secret = secret;
    }

    /** Whether it is as Standard Webhooks says. */
    public static boolean isSecret(String secret) {
        try {
            int bytes = secret.startsWith(PREFIX) ? key(secret).length : 0;
            return bytes >= FEWEST_BYTES && bytes <= MOST_BYTES;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    public static String newSecret() {
        byte[] bytes = new byte[FEWEST_BYTES];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** In seconds since 1970. */
    public long now() {
        return Instant.now().getEpochSecond();
    }

    /** The header webhook-signature; null where nothing is signed. */
    public String sign(String id, long timestamp, String message) {
        if (secret == null) {
            return null;
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            byte[] signed = mac.doFinal((id + "." + timestamp + "." + message).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException where it is not as Standard Webhooks says */
    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
    }
}
