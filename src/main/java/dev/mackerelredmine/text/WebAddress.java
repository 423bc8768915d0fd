package dev.mackerelredmine.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Pattern;

/** The address of a link or image. Whatever could end it in a text format is percent-encoded. */
public final class WebAddress {

    private static final Pattern WEB = Pattern.compile("https?://[A-Za-z0-9.-]+(:\\d{1,5})?([/?#].*)?", Pattern.DOTALL);
    private static final Pattern OTHER_THAN_ADDRESS = Pattern.compile("[^A-Za-z0-9._~%?&=+#:/-]|%(?![0-9A-Fa-f]{2})");
    private static final Pattern OTHER_THAN_NAME = Pattern.compile("[^A-Za-z0-9._-]");

    private WebAddress() {}

    /** Null where it is no address on the web, but a placeholder such as {@code [alert url]}, say. */
    public static Markup of(String address) {
        return address != null && WEB.matcher(address).matches() ? encoded(address, OTHER_THAN_ADDRESS) : null;
    }

    /** An attachment's name as the address of an image. */
    public static Markup ofAttachment(String name) {
        return name == null ? null : encoded(name, OTHER_THAN_NAME);
    }

    /** An address has at most one #. */
    private static Markup encoded(String text, Pattern other) {
        int fragment = text.indexOf('#') + 1;
        String address = text.substring(0, fragment) + text.substring(fragment).replace("#", "%23");
        String encoded = other.matcher(address)
                .replaceAll(character -> URLEncoder.encode(character.group(), UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A"));
        return new Markup(encoded, text);
    }
}
