package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mackerelredmine.mackerel.TestAlerts;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("fast")
class ProblemKeyTest {

    private static ProblemKey key(TestAlerts alert) {
        return ProblemKey.of(alert.notification());
    }

    private static TestAlerts query(Map<String, String> labels) {
        return critical()
                .without("host")
                .type("query")
                .withTop("series", Map.of("name", "http.latency", "labels", labels));
    }

    @Test
    void is_the_same_for_the_same_fault_under_a_new_alert_id() {
        assertThat(key(critical().id("2bjB"))).isEqualTo(key(critical().id("2bjA")));
    }

    @Test
    void is_the_same_through_an_alerts_life() {
        assertThat(key(ok().metricValue(1).message("recovered").memo("other").trigger("manual close")))
                .isEqualTo(key(critical()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void differs_where_the_fault_is_another(String what, TestAlerts other) {
        assertThat(key(other)).isNotEqualTo(key(critical()));
    }

    static Stream<Arguments> differs_where_the_fault_is_another() {
        return Stream.of(
                arguments("organization", critical().org("other")),
                arguments("monitor", critical().monitor("memory %")),
                arguments("no monitor", critical().without("monitorName")),
                arguments("metric", critical().metricLabel("cpu.system.percentage")),
                arguments("no metric", critical().without("metricLabel")),
                arguments("host", critical().host("web2")),
                arguments("service", critical().service("Shop")),
                arguments("neither host nor service", critical().without("host")),
                arguments("labels", critical().withTop("series", Map.of("labels", Map.of("route", "/")))));
    }

    @Test
    void differs_by_service() {
        assertThat(key(critical().service("Shop"))).isNotEqualTo(key(critical().service("Bank")));
    }

    @Test
    void differs_by_a_querys_labels() {
        assertThat(key(query(Map.of("route", "/cart")))).isNotEqualTo(key(query(Map.of("route", "/pay"))));
    }

    @Test
    void differs_by_a_querys_labels_that_stand_in_the_alert() {
        assertThat(key(critical().with("series", Map.of("labels", Map.of("route", "/cart")))))
                .isNotEqualTo(key(critical().with("series", Map.of("labels", Map.of("route", "/pay")))));
    }

    @Test
    void is_the_same_for_the_same_labels() {
        assertThat(key(query(Map.of("route", "/cart")).id("2bjB")))
                .isEqualTo(key(query(Map.of("route", "/cart")).id("2bjA")));
    }

    @ParameterizedTest
    @MethodSource
    void takes_a_series_of_any_shape(Object series) {
        assertThat(key(critical().withTop("series", series))).isEqualTo(key(critical()));
    }

    static Stream<Object> takes_a_series_of_any_shape() {
        return Stream.of("http.latency", 5, new String[] {"labels"}, Map.of("name", "http.latency"));
    }

    @Test
    void tells_hosts_apart_by_id_rather_than_by_name() {
        TestAlerts renamed = critical().withTop("host", Map.of("id", "id-of-web1", "name", "renamed"));
        TestAlerts namesake = critical().withTop("host", Map.of("id", "other", "name", "web1"));

        assertThat(key(renamed)).isEqualTo(key(critical()));
        assertThat(key(namesake)).isNotEqualTo(key(critical()));
    }

    @Test
    void is_one_line_for_each_part() {
        assertThat(key(critical().org("shop").monitor("CPU").metricLabel("cpu").service("Shop"))
                        .text())
                .isEqualTo("shop\nCPU\ncpu\nShop\n");
    }

    @Test
    void has_no_nul_and_no_line_end_within_a_part() {
        assertThat(key(critical()
                                .org("a\u0000b")
                                .monitor("c\r\nd")
                                .metricLabel("e\tf")
                                .service("g\u001bh"))
                        .text())
                .isEqualTo("a b\nc  d\ne f\ng h\n");
    }

    @Test
    void does_not_take_one_part_for_another() {
        assertThat(key(critical().monitor("x").without("metricLabel")))
                .isNotEqualTo(key(critical().without("monitorName").metricLabel("x")));
    }

    @Test
    void does_not_take_one_name_for_another_that_holds_a_line_end() {
        assertThat(key(critical().monitor("x\ny").without("metricLabel")))
                .isNotEqualTo(key(critical().monitor("x").metricLabel("y")));
    }
}
