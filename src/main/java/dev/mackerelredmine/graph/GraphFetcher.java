package dev.mackerelredmine.graph;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private static final int LONGEST_TOLD = 120;

    private final HttpClient client;
    private final String host;
    private final int port;
    private final int largest;
    private final Duration longest;

    public GraphFetcher() {
        this(HttpClient.newBuilder(), MACKEREL, HTTPS, LARGEST, LONGEST);
    }

    GraphFetcher(HttpClient.Builder client, String host, int port, int largest, Duration longest) {
        this.client = client.followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.host = host;
        this.port = port;
        this.largest = largest;
        this.longest = longest;
    }

    /** The image; null where there is none, or none that can be had. */
    public byte[] fetch(String imageUrl) {
        if (imageUrl == null || imageUrl.isBlank()) {
            return null;
        }
        try {
            return image(get(checked(imageUrl)));
        } catch (IOException e) {
            LOG.warn("The graph {} is left out: {}", told(imageUrl), oneLine(e.getMessage()));
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

    /** The time counts from the first to the last byte: an answer that only trickles ends, too. */
    private byte[] get(URI uri) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(HttpRequest.newBuilder(uri).build(), this::body);
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS).body();
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("it takes longer than " + longest.toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the service stops", e);
        } finally {
            answer.cancel(true);
        }
    }

    private LimitedBody body(ResponseInfo info) {
        return info.statusCode() == 200
                ? LimitedBody.of(largest)
                : LimitedBody.refused("it was answered with " + info.statusCode());
    }

    private static byte[] image(byte[] content) throws IOException {
        if (ImageKind.of(content).isEmpty()) {
            throw new IOException("it is not an image");
        }
        return content;
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** As much as tells which one it was, without what could be a secret. */
    private static String told(String imageUrl) {
        return oneLine(imageUrl.replaceAll("(?s)[?#].*", "").replaceAll("(?s)//.*@", "//"));
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
        boolean isLong = line.codePointCount(0, line.length()) > LONGEST_TOLD;
        return isLong ? line.substring(0, line.offsetByCodePoints(0, LONGEST_TOLD)) + "…" : line;
    }
}
