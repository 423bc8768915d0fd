package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerelapi.ApiChannel;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which of the organization's channels post to us: the one whose address is set, else each webhook whose path is one that we listen on.
 *
 * @param address as mackerel.channel-url says, or null. It may hold a key, and is shown nowhere
 * @param paths on which we listen, as {@code /mackerel} or {@code /mackerel/{team}}
 */
public record OurChannel(String address, Set<String> paths) {

    public List<ApiChannel> among(List<ApiChannel> channels) {
        return channels.stream()
                .filter(ApiChannel::isWebhook)
                .filter(channel -> address == null ? isListenedOn(channel.url()) : isSame(channel.url()))
                .toList();
    }

    private boolean isSame(String url) {
        return withoutEnd(url).equals(withoutEnd(address));
    }

    private static String withoutEnd(String url) {
        return url.strip().replaceAll("/+$", "");
    }

    private boolean isListenedOn(String url) {
        try {
            String path = withoutEnd(String.valueOf(new URI(url.strip()).getPath()));
            return paths.stream()
                    .anyMatch(listened -> pattern(listened).matcher(path).matches());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Pattern pattern(String path) {
        String literal = Pattern.quote(withoutEnd(path)).replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q");
        return Pattern.compile(literal);
    }

    @Override
    public String toString() {
        return address == null
                ? "a webhook channel of the path " + String.join(" or ", paths)
                : "the channel of mackerel.channel-url";
    }
}
