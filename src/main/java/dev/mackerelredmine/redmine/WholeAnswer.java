package dev.mackerelredmine.redmine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Reads an answer whole, in a time that counts from the request, and up to a size. The client's own time-outs are for each packet alone:
 * an answer that trickles would hold its worker for ever, and one without an end would fill the memory.
 */
public final class WholeAnswer implements ExecChainHandler {

    /** The largest answers are tickets with all of their notes. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final int PART = 8 * 1024;
    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final Duration longest;
    private final int mostBytes;

    /** @param longest from the beginning of the request to the end of its answer */
    public WholeAnswer(Duration longest) {
        this(longest, MOST_BYTES);
    }

    WholeAnswer(Duration longest, int mostBytes) {
        this.longest = longest;
        this.mostBytes = mostBytes;
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "redmine-deadline");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean isLate = new AtomicBoolean();
        ScheduledFuture<?> deadline = WATCH.schedule(
                () -> {
                    isLate.set(true);
                    if (scope.originalRequest instanceof Cancellable cancellable) {
                        cancellable.cancel();
                    }
                },
                longest.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse answer = chain.proceed(request, scope);
            HttpEntity entity = answer.getEntity();
            if (entity != null) {
                answer.setEntity(whole(entity, scope));
            }
            return answer;
        } catch (IOException failure) {
            throw isLate.get() ? late(failure) : failure;
        } finally {
            deadline.cancel(false);
        }
    }

    private IOException late(IOException failure) {
        InterruptedIOException late =
                new InterruptedIOException("the whole answer did not come within " + longest.toSeconds() + " s");
        late.initCause(failure);
        return late;
    }

    private HttpEntity whole(HttpEntity entity, ExecChain.Scope scope) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        InputStream content = entity.getContent();
        byte[] part = new byte[PART];
        for (int read = content.read(part); read >= 0; read = content.read(part)) {
            if (whole.size() + read > mostBytes) {
                // Without reading it to its end, which may never come.
                scope.execRuntime.discardEndpoint();
                throw new IOException("the answer is larger than " + mostBytes + " bytes");
            }
            whole.write(part, 0, read);
        }
        content.close();
        return new ByteArrayEntity(whole.toByteArray(), ContentType.parseLenient(entity.getContentType()));
    }
}
