package dev.mackerelredmine.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /** The time counts from the first to the last byte: an answer that only trickles ends, too. */
    public byte[] get(URI uri) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(HttpRequest.newBuilder(uri).build(), this::body);
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

    /** What a server answers may stand in it. */
    private static String reason(Throwable failure) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return reason.replaceAll("\\p{Cntrl}+", " ");
    }
}
