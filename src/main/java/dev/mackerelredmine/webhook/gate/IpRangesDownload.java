package dev.mackerelredmine.webhook.gate;

import dev.mackerelredmine.download.Download;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/** Fetches the list of addresses that Mackerel publishes. A failure is an IOException that says why. */
public final class IpRangesDownload {

    private static final URI LIST = URI.create("https://mackerel.io/meta/ip-ranges.json");
    private static final int LARGEST = 64 * 1024;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Download download;
    private final URI list;

    public IpRangesDownload() {
        this(HttpClient.newBuilder(), LIST);
    }

    IpRangesDownload(HttpClient.Builder client, URI list) {
        this.download = new Download(client, LARGEST, LONGEST);
        this.list = list;
    }

    public byte[] fetch() throws IOException {
        return download.get(list);
    }
}
