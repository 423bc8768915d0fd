package dev.mackerelredmine.observe;

import dev.mackerelredmine.store.Store;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether the store can be written to, which is what a post needs: it is tried. Where it cannot, the service is not ready. */
public final class StoreHealth extends AbstractHealthCheck {

    private final Remembered<String> failure;

    public StoreHealth(Store store) {
        super("store");
        failure = new Remembered<>(() -> failureOf(store));
    }

    private static String failureOf(Store store) {
        try {
            store.tryToWrite();
            return null;
        } catch (RuntimeException e) {
            return innermost(e).getMessage();
        }
    }

    /** The database's own words. */
    private static Throwable innermost(Throwable failure) {
        return failure.getCause() == null ? failure : innermost(failure.getCause());
    }

    boolean isWritable() {
        return failure.get() == null;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        String reason = failure.get();
        if (reason == null) {
            result.up();
        } else {
            result.down()
                    .message("the store cannot be written to, and posts are answered with 503: " + reason
                            + ". Is the disk full, or the database away?");
        }
    }
}
