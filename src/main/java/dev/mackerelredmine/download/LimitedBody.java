package dev.mackerelredmine.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** An answer's body up to so many bytes. One byte more, and it fails with the reason given, and hangs up. */
public final class LimitedBody implements BodySubscriber<byte[]> {

    private final int most;
    private final String reason;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    private LimitedBody(int most, String reason) {
        this.most = most;
        this.reason = reason;
    }

    public static LimitedBody of(int most) {
        return new LimitedBody(most, "it is larger than " + most + " bytes");
    }

    /** Takes nothing, not even an empty body. */
    public static LimitedBody refused(String reason) {
        return new LimitedBody(-1, reason);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (part.remaining() > most - content.size()) {
                subscription.cancel();
                body.completeExceptionally(new IOException(reason));
                return;
            }
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            content.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        if (most < 0) {
            body.completeExceptionally(new IOException(reason));
        }
        body.complete(content.toByteArray());
    }
}
