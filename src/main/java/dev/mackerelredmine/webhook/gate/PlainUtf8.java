package dev.mackerelredmine.webhook.gate;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes only uncompressed bodies in UTF-8, because a compressed one could expand to any size. Others get 415. */
public final class PlainUtf8 implements Check {

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);

    private static final Refusal COMPRESSED = refusal("The body has a Content-Encoding. Post it as it is.");
    private static final Refusal OTHER_CHARSET = refusal("The body is not in UTF-8, says its Content-Type.");

    private static Refusal refusal(String detail) {
        return new Refusal(415, "Not plain JSON in UTF-8", detail, Map.of());
    }

    @Override
    public Optional<Refusal> refuses(HttpServerRequest request) {
        if (!request.headers().getAll("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase)) {
            return Optional.of(COMPRESSED);
        }
        return request.headers().getAll("Content-Type").stream().allMatch(PlainUtf8::isUtf8)
                ? Optional.empty()
                : Optional.of(OTHER_CHARSET);
    }

    private static boolean isUtf8(String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        while (charset.find()) {
            if (!isNameOfUtf8(charset.group(1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameOfUtf8(String name) {
        try {
            return Charset.forName(name).equals(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException notKnown) {
            return false;
        }
    }
}
