package dev.mackerelredmine.download;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request that ends in time, whatever the server does. */
public final class TimedRequest {

    private TimedRequest() {}

    /**
     * The time counts from the first to the last byte: an answer that only trickles ends, too.
     *
     * @throws IOException that says why there is no answer, in one line
     */
    public static <T> HttpResponse<T> send(
            HttpClient client, HttpRequest request, BodyHandler<T> body, Duration longest) throws IOException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
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

    /** What a server answers may stand in it. */
    private static String reason(Throwable failure) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return reason.replaceAll("\\p{Cntrl}+", " ");
    }
}
