package dev.mackerelredmine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerelapi.ApiAlertGroupSetting;
import dev.mackerelredmine.mackerelapi.ApiChannel;
import dev.mackerelredmine.mackerelapi.ApiHost;
import dev.mackerelredmine.mackerelapi.ApiMonitor;
import dev.mackerelredmine.mackerelapi.ApiNotificationGroup;
import dev.mackerelredmine.mackerelapi.ApiNotificationGroup.Monitor;
import dev.mackerelredmine.mackerelapi.ApiNotificationGroup.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether an alert is sent to our channel: docs/howto/alerts "Notification Groups", docs/howto/alert-groups. */
@Tag("fast")
class AudienceTest {

    private static final ApiChannel OURS =
            new ApiChannel("ours", "ours", "webhook", "https://a.example.jp/mackerel", List.of("alert"), null);

    private static ApiNotificationGroup group(String id, String level, List<String> channels) {
        return new ApiNotificationGroup(
                id, id.equals("default") ? "default" : null, id, level, List.of(), channels, List.of(), List.of());
    }

    private static ApiNotificationGroup with(
            ApiNotificationGroup group, List<Monitor> monitors, List<Service> services) {
        return new ApiNotificationGroup(
                group.id(),
                group.type(),
                group.name(),
                group.notificationLevel(),
                group.childNotificationGroupIds(),
                group.childChannelIds(),
                monitors,
                services);
    }

    private static final ApiNotificationGroup DEFAULT = group("default", "all", List.of("ours"));
    private static final ApiNotificationGroup DEFAULT_OF_OTHERS = group("default", "all", List.of("theirs"));

    private static Subject subject(boolean isMute, String hostStatus) {
        return new Subject(
                new ApiMonitor(
                        "m1", "host", "CPU %", null, isMute, null, "cpu%", ">", null, null, 1L, null, null, null),
                new ApiHost("h1", "web1", hostStatus, "", false, Map.of("Shop", List.of("web"))));
    }

    private static final Subject CPU = subject(false, "working");

    private static boolean isSent(Subject subject, AlertStatus highest, ApiNotificationGroup... groups) {
        return new Audience(List.of(OURS), List.of(groups), List.of())
                .whyNot(subject, highest)
                .isEmpty();
    }

    @Test
    void the_default_group_is_sent_all() {
        assertThat(isSent(CPU, AlertStatus.WARNING, DEFAULT)).isTrue();
        assertThat(isSent(CPU, AlertStatus.CRITICAL, DEFAULT_OF_OTHERS)).isFalse();
    }

    @Test
    void a_muted_monitor_and_a_standby_host_tell_nobody() {
        assertThat(isSent(subject(true, "working"), AlertStatus.CRITICAL, DEFAULT))
                .isFalse();
        assertThat(isSent(subject(false, "standby"), AlertStatus.CRITICAL, DEFAULT))
                .isFalse();
        assertThat(isSent(subject(false, "maintenance"), AlertStatus.CRITICAL, DEFAULT))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"CRITICAL, true", "UNKNOWN, true", "WARNING, false", "OK, false"})
    void critical_only_is_sent_critical_and_unknown(AlertStatus highest, boolean isSent) {
        assertThat(isSent(CPU, highest, group("default", "critical", List.of("ours"))))
                .isEqualTo(isSent);
    }

    @Test
    void a_group_is_sent_its_monitors_and_services() {
        ApiNotificationGroup team = group("team", "all", List.of("ours"));
        assertThat(isSent(CPU, AlertStatus.WARNING, DEFAULT_OF_OTHERS, team)).isFalse();
        assertThat(isSent(
                        CPU,
                        AlertStatus.WARNING,
                        DEFAULT_OF_OTHERS,
                        with(team, List.of(new Monitor("m1", false)), List.of())))
                .isTrue();
        assertThat(isSent(
                        CPU,
                        AlertStatus.WARNING,
                        DEFAULT_OF_OTHERS,
                        with(team, List.of(), List.of(new Service("Shop")))))
                .isTrue();
        assertThat(isSent(
                        CPU,
                        AlertStatus.WARNING,
                        DEFAULT_OF_OTHERS,
                        with(team, List.of(), List.of(new Service("Other")))))
                .isFalse();
    }

    @Test
    void a_group_can_keep_a_monitor_to_itself() {
        List<Monitor> alone = List.of(new Monitor("m1", true));
        assertThat(isSent(
                        CPU,
                        AlertStatus.CRITICAL,
                        DEFAULT,
                        with(group("team", "all", List.of("theirs")), alone, List.of())))
                .isFalse();
        assertThat(isSent(
                        CPU,
                        AlertStatus.CRITICAL,
                        DEFAULT_OF_OTHERS,
                        with(group("team", "all", List.of("ours")), alone, List.of())))
                .isTrue();
    }

    @Test
    void a_group_passes_on_to_groups_below_it_also_in_a_circle() {
        ApiNotificationGroup above = new ApiNotificationGroup(
                "default", "default", "default", "all", List.of("team"), List.of(), List.of(), List.of());
        ApiNotificationGroup team = new ApiNotificationGroup(
                "team", null, "team", "all", List.of("default"), List.of("ours"), List.of(), List.of());
        assertThat(isSent(CPU, AlertStatus.WARNING, above, team)).isTrue();
        ApiNotificationGroup none = new ApiNotificationGroup(
                "team", null, "team", "all", List.of("default"), List.of(), List.of(), List.of());
        assertThat(isSent(CPU, AlertStatus.WARNING, above, none)).isFalse();
    }

    @Test
    void a_channel_that_is_sent_groups_does_not_get_their_alerts() {
        ApiChannel both = new ApiChannel(
                "ours", "ours", "webhook", "https://a.example.jp/mackerel", List.of("alert", "alertGroup"), null);
        ApiAlertGroupSetting web = new ApiAlertGroupSetting("s", "web", List.of(), List.of("Shop:web"), List.of("m1"));
        ApiAlertGroupSetting other =
                new ApiAlertGroupSetting("s", "web", List.of(), List.of("Shop:web"), List.of("m2"));
        assertThat(new Audience(List.of(both), List.of(DEFAULT), List.of(web)).whyNot(CPU, AlertStatus.CRITICAL))
                .isPresent();
        assertThat(new Audience(List.of(both), List.of(DEFAULT), List.of(other)).whyNot(CPU, AlertStatus.CRITICAL))
                .isEmpty();
        assertThat(new Audience(List.of(OURS), List.of(DEFAULT), List.of(web)).whyNot(CPU, AlertStatus.CRITICAL))
                .isEmpty();
    }

    @Test
    void a_suspended_channel_counts_as_one_that_works() {
        ApiChannel suspended =
                new ApiChannel("ours", "ours", "webhook", "https://a.example.jp/mackerel", List.of("alert"), 1L);
        Audience audience = new Audience(List.of(suspended), List.of(DEFAULT), List.of());
        assertThat(audience.whyNot(CPU, AlertStatus.WARNING)).isEmpty();
        assertThat(audience.state()).isEqualTo(Audience.State.SUSPENDED);
    }

    @Test
    void knows_how_the_channel_stands() {
        assertThat(new Audience(List.of(), List.of(DEFAULT), List.of()).state()).isEqualTo(Audience.State.MISSING);
        assertThat(new Audience(List.of(OURS), List.of(DEFAULT), List.of()).state())
                .isEqualTo(Audience.State.WORKS);
        assertThat(new Audience(List.of(OURS), List.of(DEFAULT_OF_OTHERS), List.of()).state())
                .isEqualTo(Audience.State.IN_NO_GROUP);
        assertThat(new Audience(List.of(OURS), List.of(group("default", "critical", List.of("ours"))), List.of())
                        .state())
                .isEqualTo(Audience.State.CRITICALS_ONLY);
        ApiChannel mute =
                new ApiChannel("ours", "ours", "webhook", "https://a.example.jp/mackerel", List.of("hostStatus"), null);
        assertThat(new Audience(List.of(mute), List.of(DEFAULT), List.of()).state())
                .isEqualTo(Audience.State.WITHOUT_ALERTS);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example.jp/mackerel, true",
        "https://mackerel:key@a.example.jp/mackerel/, true",
        "https://a.example.jp/mackerel/team-a, true",
        "https://a.example.jp/other, false",
        "https://a.example.jp/mackerel/team/a, false",
        "not a url, false"
    })
    void our_channel_is_known_by_its_path(String url, boolean isOurs) {
        OurChannel ours = new OurChannel(null, Set.of("/mackerel", "/mackerel/{team}"));
        ApiChannel channel = new ApiChannel("c", "c", "webhook", url, List.of("alert"), null);
        assertThat(ours.among(List.of(channel))).hasSize(isOurs ? 1 : 0);
    }

    @Test
    void our_channel_is_known_by_its_address_where_that_is_set_and_never_shows_it() {
        OurChannel ours = new OurChannel("https://m:secret@a.example.jp/x", Set.of("/mackerel"));
        ApiChannel channel =
                new ApiChannel("c", "c", "webhook", "https://m:secret@a.example.jp/x", List.of("alert"), null);
        assertThat(ours.among(List.of(channel, OURS))).containsExactly(channel);
        assertThat(ours + " " + channel).doesNotContain("secret");
    }
}
