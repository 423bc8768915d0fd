package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import dev.mackerelredmine.store.Backlog;
import dev.mackerelredmine.store.Deliveries;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to Mackerel each minute, as metrics of a service, that this runs and what waits. A monitor there notices when the posts stop.
 * What fails is said once; the next minute has its own.
 */
public final class Heartbeat {

    private static final String NAME = "mackerel-redmine.";
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final MackerelApi api;
    private final Deliveries deliveries;
    private final Supplier<Attention> attention;
    private final String service;
    private String failure;

    /**
     * What needs a person.
     *
     * @param unanswered how many critical tickets nobody has answered in time
     * @param escalationsStuck of how many tickets the escalation is stuck
     */
    public record Attention(long unanswered, long escalationsStuck) {}

    /**
     * @param attention throws an {@link IllegalStateException} where it is not known: then the heart does not beat
     * @param service at Mackerel; null: nothing is sent
     */
    public Heartbeat(MackerelApi api, Deliveries deliveries, Supplier<Attention> attention, String service) {
        this.api = api;
        this.deliveries = deliveries;
        this.attention = attention;
        this.service = service;
    }

    public void beat() {
        if (service == null) {
            return;
        }
        try {
            Backlog backlog = deliveries.backlog();
            Attention needs = attention.get();
            Map<String, Number> values = Map.of(
                    NAME + "alive",
                    1,
                    NAME + "waiting",
                    backlog.waiting(),
                    NAME + "parked",
                    backlog.parked(),
                    NAME + "unanswered",
                    needs.unanswered(),
                    NAME + "escalations_stuck",
                    needs.escalationsStuck());
            api.postServiceMetrics(service, Instant.now(), values);
            failure = null;
        } catch (MackerelException e) {
            failed(e);
        } catch (IllegalStateException e) {
            LOG.warn("No heartbeat is posted to Mackerel, because its values are not known: {}", e.getMessage());
        }
    }

    /** Mackerel takes one post a minute: where several services run, another's was taken. */
    private void failed(MackerelException e) {
        if (e.kind() != Kind.TOO_MANY && !e.getMessage().equals(failure)) {
            LOG.warn("The heartbeat could not be posted to Mackerel: {}", e.getMessage());
            failure = e.getMessage();
        }
    }
}
