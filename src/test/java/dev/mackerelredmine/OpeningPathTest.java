package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How much one has to read to know what becomes of an alert, from the webhook to Redmine, as long as nothing goes wrong. */
@Tag("service")
class OpeningPathTest {

    private static final int MOST_ROUTES = 8;
    private static final int MOST_LINES = 500;

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final Set<String> entered = ConcurrentHashMap.newKeySet();

    @Test
    void one_opening_goes_through_few_routes() throws Exception {
        try (RunningService service = DeliverTest.deliveringTo(redmine, folder)
                .intercepting(this::wrap)
                .start()) {
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20)).until(() -> redmine.issues().size() == 1 && service.isIdle());
        }

        assertThat(entered).contains("webhook", "policy", "ticket-create", "redmine-call");
        assertThat(entered).hasSizeLessThanOrEqualTo(MOST_ROUTES);
        assertThat(entered.stream().mapToLong(RouteFiles::length).sum()).isLessThanOrEqualTo(MOST_LINES);
    }

    /** Of what began with a post: timers do other things meanwhile. */
    private Processor wrap(CamelContext context, NamedNode step, Processor target, Processor next) {
        return new DelegateAsyncProcessor((exchange) -> {
            if (Set.of("webhook", "deliver").contains(exchange.getFromRouteId())) {
                entered.add(ExchangeHelper.getRouteId(exchange));
            }
            target.process(exchange);
        });
    }
}
