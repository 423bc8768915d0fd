package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.fixture;
import static dev.mackerelredmine.mackerel.TestAlerts.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class AlertKeyTest {

    private static final String DIGEST = "[0-9a-f]{32}";

    private static AlertKey key(TestAlerts alert) {
        return AlertKey.of(alert.notification());
    }

    /** As Mackerel sent it before 2020, or with a url that a person has made unreadable. */
    private static TestAlerts withoutId() {
        return critical().without("id").url("[alert url]");
    }

    @Test
    void is_the_organization_and_the_alerts_id() {
        assertThat(key(critical().org("shop").id("2bjA"))).isEqualTo(new AlertKey("shop", "2bjA"));
    }

    @Test
    void stays_the_same_through_an_alerts_life() {
        assertThat(key(ok().monitor("renamed").host("moved").metricLabel("other")))
                .isEqualTo(key(critical()));
    }

    @Test
    void prefers_the_id_to_the_end_of_the_url() {
        assertThat(key(critical().id("2bjA").url("https://mackerel.io/orgs/shop/alerts/2bjB"))
                        .id())
                .isEqualTo("2bjA");
    }

    @ParameterizedTest
    @CsvSource({
        "https://mackerel.io/orgs/shop/alerts/2bjB, 2bjB",
        "https://mackerel.io/orgs/shop/alerts/2bjB/, 2bjB",
        "http://mackerel.example/alerts/2bjB, 2bjB"
    })
    void is_the_end_of_the_url_where_there_is_no_id(String url, String id) {
        assertThat(key(critical().without("id").url(url)).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void takes_a_blank_id_for_none(String id) {
        assertThat(key(critical().id(id).url("https://mackerel.io/orgs/shop/alerts/2bjB"))
                        .id())
                .isEqualTo("2bjB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[alert url]",
                "https://mackerel.io/orgs/shop/alerts/",
                "https://mackerel.io/orgs/shop/alerts/...",
                "https://mackerel.io/orgs/shop/alerts/[id]",
                "https://mackerel.io/orgs/shop",
                "2bjB",
                "/alerts/2bjB"
            })
    void is_a_digest_where_the_url_is_a_placeholder(String url) {
        assertThat(key(critical().without("id").url(url)).id()).matches(DIGEST);
    }

    @Test
    void is_a_digest_where_there_is_not_even_a_url() {
        assertThat(key(critical().without("id").without("url")).id()).matches(DIGEST);
    }

    @Test
    void digests_only_what_does_not_change_while_the_alert_lives() {
        TestAlerts changed = withoutId()
                .status("ok")
                .open(false)
                .metricValue(1)
                .message("recovered")
                .trigger("manual close")
                .memo("other")
                .url("")
                .metricLabel("other");

        assertThat(key(changed)).isEqualTo(key(withoutId()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void digests_all_that_tells_alerts_apart(String what, TestAlerts other) {
        assertThat(key(other).id()).isNotEqualTo(key(withoutId()).id());
    }

    static Stream<Arguments> digests_all_that_tells_alerts_apart() {
        return Stream.of(
                arguments("organization", withoutId().org("other")),
                arguments("host", withoutId().host("web2")),
                arguments("service", withoutId().service("Shop")),
                arguments("neither host nor service", withoutId().without("host")),
                arguments("monitor", withoutId().monitor("memory %")),
                arguments("no monitor", withoutId().without("monitorName")),
                arguments(
                        "created a millisecond later",
                        withoutId().with("createdAt", TestAlerts.OPENED.toEpochMilli() + 1)),
                arguments("created at no known time", withoutId().without("createdAt")));
    }

    @Test
    void digests_the_hosts_id_rather_than_its_name() {
        TestAlerts renamed = withoutId().withTop("host", Map.of("id", "id-of-web1", "name", "renamed"));

        assertThat(key(renamed)).isEqualTo(key(withoutId()));
    }

    /** The key stands in the log, where none of these may begin another line, or turn on a terminal's escapes. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0000", "\u001b", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029"})
    void is_one_line_whatever_the_names_hold(String control) {
        assertThat(key(critical().org("a" + control + "b").id("2b" + control + "A")))
                .hasToString("a b/2b A");
    }

    @Test
    void does_not_take_one_name_for_another_that_holds_a_line_end() {
        TestAlerts one = withoutId().org("a").service("b\nc").monitor("d");
        TestAlerts other = withoutId().org("a\nb").service("c").monitor("d");

        assertThat(key(one).id()).isNotEqualTo(key(other).id());
    }

    @Test
    void tells_the_same_id_of_two_organizations_apart() {
        AlertKey one = key(critical().org("one"));
        AlertKey two = key(critical().org("two"));

        assertThat(one).isNotEqualTo(two);
        assertThat(one.marker()).isNotEqualTo(two.marker());
    }

    @Test
    void has_a_key_where_there_is_no_organization() {
        assertThat(key(critical().without("orgName").id("2bjA")))
                .isEqualTo(new AlertKey("", "2bjA"))
                .hasToString("2bjA");
    }

    @Test
    void is_shown_with_its_organization() {
        assertThat(key(critical().org("shop").id("2bjA"))).hasToString("shop/2bjA");
    }

    @Test
    void has_no_control_characters_because_no_database_takes_a_nul() {
        assertThat(key(critical().org("a\u0000b").with("id", "c\nd"))).isEqualTo(new AlertKey("a b", "c d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2bjA", "決済", "🔥", "_*#`{{x}}<pre>", "a\u0000\n"})
    void has_a_marker_that_no_text_format_touches(String name) {
        assertThat(key(critical().org(name).with("id", name)).marker()).matches("mackerel-redmine:" + DIGEST);
    }

    @Test
    void has_a_marker_of_its_own_for_each_alert() {
        assertThat(Stream.of("2bjA", "2bja", "2bjB", "2bj", "A")
                        .map(id -> key(critical().id(id)).marker()))
                .doesNotHaveDuplicates();
    }

    /** It stands in tickets that were made long ago. */
    @Test
    void has_the_same_marker_for_ever() {
        assertThat(key(critical().org("example").id("2bj7ZsQ4bYh")).marker())
                .isEqualTo("mackerel-redmine:8c1db49232bd34457c808b76996e4e8b");
    }

    @ParameterizedTest
    @CsvSource({"host-critical, host-ok", "service-critical, service-ok"})
    void is_the_same_when_an_alert_ends(String opening, String end) {
        NotificationReader reader = new NotificationReader();

        assertThat(AlertKey.of(reader.read(fixture(end)))).isEqualTo(AlertKey.of(reader.read(fixture(opening))));
    }

    @ParameterizedTest
    @CsvSource({"original, [0-9a-f]{32}", "shape-2014, \\w+", "shape-2017, \\w+"})
    void has_a_key_for_alerts_of_every_age(String fixture, String id) {
        assertThat(AlertKey.of(new NotificationReader().read(fixture(fixture))).id())
                .matches(id);
    }
}
