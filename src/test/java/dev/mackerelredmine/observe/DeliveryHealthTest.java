package dev.mackerelredmine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class DeliveryHealthTest {

    @Test
    void names_the_step_the_alert_and_the_time_of_a_delivery_that_does_not_end() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getInflightRepository().setInflightBrowseEnabled(true);
            RouteBuilder.addRoutes(
                    camel,
                    routes -> routes.from("seda:deliver")
                            .routeId("deliver")
                            .setVariable("alertKey", routes.constant("example/2bjA"))
                            .process(exchange -> {
                                begun.countDown();
                                end.await();
                            })
                            .id("waits"));
            camel.start();
            DeliveryHealth health = new DeliveryHealth(null, null, Duration.ZERO);
            health.setCamelContext(camel);
            assertThat(health.stuckDelivery()).isNull();

            camel.createProducerTemplate().sendBody("seda:deliver?waitForTaskToComplete=Never", "");
            begun.await();

            await().until(() -> health.stuckDelivery() != null);
            assertThat(health.stuckDelivery())
                    .contains("under way since", "example/2bjA", "route deliver", "start the service again");
            end.countDown();
        }
    }
}
