package dev.mackerelredmine.webhook.gate;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Lets in requests with one of the keys, and all requests where no key is set. Others get a challenge (401). */
public final class ApiKeys implements Check {

    /** What is counted and throttled where there are no keys. */
    static final int NO_KEY = Keys.NONE;

    private static final Refusal REFUSAL = new Refusal(
            401,
            Keys.MISSING,
            Keys.WHERE_IT_GOES,
            Map.of("WWW-Authenticate", "Basic realm=\"mackerel-redmine\", charset=\"UTF-8\""));

    private final Keys keys;
    private final IntConsumer used;

    /**
     * @param keys several while they are being changed
     * @param used is given which of them was used: 1 is the first
     */
    public ApiKeys(List<String> keys, IntConsumer used) {
        this.keys = new Keys(keys);
        this.used = used;
    }

    @Override
    public Optional<Refusal> refuses(HttpServerRequest request) {
        if (keys.areNone()) {
            return Optional.empty();
        }
        int position = shownBy(request);
        if (position == NO_KEY) {
            return Optional.of(REFUSAL);
        }
        used.accept(position);
        return Optional.empty();
    }

    /** The position of the key that a request shows, from 1; of several the last. */
    int shownBy(HttpServerRequest request) {
        return keys.shown(
                request.headers().getAll("x-api-key"), request.headers().getAll("Authorization"));
    }
}
