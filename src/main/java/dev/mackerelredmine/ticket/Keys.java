package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.Notification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the keys are made of: one line of text for each part, nothing where a part is absent. */
public final class Keys {

    private static final int DIGEST_BYTES = 16;
    private static final Pattern LINE_END_OR_CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
    private static final int LONGEST = 300;
    private static final int KEPT_OF_LONGER = 250;

    private Keys() {}

    public static String part(String text) {
        return text == null ? "" : LINE_END_OR_CONTROL.matcher(text).replaceAll(" ");
    }

    /** PostgreSQL's index takes no row above 2704 bytes: what is longer is cut, with a digest of all of it. */
    public static String indexed(String key) {
        return key.codePointCount(0, key.length()) <= LONGEST
                ? key
                : key.substring(0, key.offsetByCodePoints(0, KEPT_OF_LONGER)) + " " + digest(key);
    }

    /** Where it is: the host's id, else the service's name, else nothing. */
    static String place(Notification notification) {
        if (notification.host() != null && notification.host().id() != null) {
            return notification.host().id();
        }
        return notification.service() == null ? null : notification.service().name();
    }

    public static String digest(String... parts) {
        String text = Stream.of(parts).map(Keys::part).collect(Collectors.joining("\n"));
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
