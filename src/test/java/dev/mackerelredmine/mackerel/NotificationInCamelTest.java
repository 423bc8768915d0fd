package dev.mackerelredmine.mackerel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the routes write about a notification: Camel finds the records' fields and the reader's method by name. */
@Tag("fast")
class NotificationInCamelTest {
    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camel.getRegistry().bind("notificationReader", new NotificationReader());
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @ParameterizedTest(name = "{0}, isOpen {1}: {2}")
    @CsvSource({
        "critical, true,  true",
        "warning,  true,  true",
        "unknown,  true,  true",
        "critical, false, false",
        "ok,       true,  false",
        "ok,       false, false"
    })
    void the_filter_of_the_routes_lets_open_alerts_pass(String status, boolean isOpen, boolean passes) {
        Notification notification =
                TestAlerts.critical().status(status).open(isOpen).notification();

        assertThat(passes("${body.alert.status} != 'ok' && ${body.alert.isOpen}", notification))
                .isEqualTo(passes);
    }

    @Test
    void the_filter_stops_at_the_event_where_there_is_no_alert() {
        Notification sample = new NotificationReader().read(TestAlerts.fixture("sample"));

        assertThat(passes("${body.event} == 'alert' && ${body.alert.status} != 'ok'", sample))
                .isFalse();
    }

    @Test
    void the_fields_can_be_put_into_a_text() {
        Exchange exchange = exchange(TestAlerts.unknown().notification());

        assertThat(evaluated("${body.alert.status} ${body.alert.isOpen} ${body.alarmHost} ${body.host.name}", exchange))
                .isEqualTo("unknown true web1 web1");
    }

    @Test
    void the_reader_is_called_with_bytes_or_a_stream() {
        byte[] body = TestAlerts.critical().bytes();
        Notification notification = new NotificationReader().read(body);

        assertThat(read(body)).isEqualTo(notification);
        assertThat(read(new ByteArrayInputStream(body))).isEqualTo(notification);
    }

    @Test
    void the_reader_refuses_a_missing_body() {
        assertThatThrownBy(() -> read(null)).hasRootCauseInstanceOf(UnreadableNotificationException.class);
    }

    private Object read(Object body) {
        return camel.createProducerTemplate().requestBody("bean:notificationReader?method=read", body);
    }

    private boolean passes(String predicate, Notification notification) {
        return camel.resolveLanguage("simple").createPredicate(predicate).matches(exchange(notification));
    }

    private String evaluated(String expression, Exchange exchange) {
        return camel.resolveLanguage("simple").createExpression(expression).evaluate(exchange, String.class);
    }

    private Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        return exchange;
    }
}
