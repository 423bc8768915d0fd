package dev.mackerelredmine.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;

/**
 * Fetches a file of no more than so many bytes, in no more than so much time, from just the address that it is given: a redirect is
 * not followed. Whatever else is answered, or nothing, is an IOException that says why. The client is made for the first of them, because it
 * has a thread, and reads the certificates of all authorities that Java knows.
 */
public final class Download {

    private final HttpClient.Builder builder;
    private final int largest;
    private final Duration longest;
    private HttpClient client;

    public Download(HttpClient.Builder client, int largest, Duration longest) {
        this.builder = client.followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1);
        this.largest = largest;
        this.longest = longest;
    }

    public byte[] get(URI uri) throws IOException {
        return TimedRequest.send(client(), HttpRequest.newBuilder(uri).build(), this::body, longest)
                .body();
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = builder.build();
        }
        return client;
    }

    private LimitedBody body(ResponseInfo info) {
        return info.statusCode() == 200
                ? LimitedBody.of(largest)
                : LimitedBody.refused("it was answered with " + info.statusCode());
    }
}
