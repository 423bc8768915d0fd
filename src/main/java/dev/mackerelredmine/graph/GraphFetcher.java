package dev.mackerelredmine.graph;

import dev.mackerelredmine.download.Download;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the graph that a notification points to, from Mackerel and from nowhere else: whoever can post a notification could
 * otherwise let us call what only we can reach. Without a graph a ticket is still a ticket: whatever fails is one line in the log.
 */
public final class GraphFetcher {

    private static final Logger LOG = LoggerFactory.getLogger(GraphFetcher.class);
    private static final String MACKEREL = "mackerel.io";
    private static final int HTTPS = 443;
    private static final int LARGEST = 5 * 1024 * 1024;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int LONGEST_IN_LOG = 120;

    private final Download download;
    private final String host;
    private final int port;

    public GraphFetcher() {
        this(new Download(HttpClient.newBuilder(), LARGEST, LONGEST), MACKEREL, HTTPS);
    }

    GraphFetcher(Download download, String host, int port) {
        this.download = download;
        this.host = host;
        this.port = port;
    }

    /** The image; null where there is none, or none that can be had. */
    public byte[] fetch(String imageUrl) {
        if (imageUrl == null || imageUrl.isBlank()) {
            return null;
        }
        try {
            return image(download.get(checked(imageUrl)));
        } catch (IOException e) {
            LOG.warn("The graph {} is left out: {}", withoutSecrets(imageUrl), oneLine(e.getMessage()));
            return null;
        }
    }

    private URI checked(String imageUrl) throws IOException {
        try {
            URI uri = new URI(imageUrl);
            int asked = uri.getPort() == -1 ? HTTPS : uri.getPort();
            boolean isMackerels = "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getRawUserInfo() == null
                    && host.equalsIgnoreCase(uri.getHost())
                    && asked == port;
            if (isMackerels) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IOException("it is not a URL", e);
        }
        throw new IOException("it is not at https://" + host);
    }

    private static byte[] image(byte[] content) throws IOException {
        if (ImageKind.of(content).isEmpty()) {
            throw new IOException("it is not an image");
        }
        return content;
    }

    /** As much as tells which one it was, without what could be a secret. */
    private static String withoutSecrets(String imageUrl) {
        return oneLine(imageUrl.replaceAll("(?s)[?#].*", "").replaceAll("(?s)//.*@", "//"));
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
        boolean isLong = line.codePointCount(0, line.length()) > LONGEST_IN_LOG;
        return isLong ? line.substring(0, line.offsetByCodePoints(0, LONGEST_IN_LOG)) + "…" : line;
    }
}
