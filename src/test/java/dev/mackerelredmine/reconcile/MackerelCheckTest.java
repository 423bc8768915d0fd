package dev.mackerelredmine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.fakemackerel.FakeMackerel;
import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.settings.MackerelSettings;
import dev.mackerelredmine.settings.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code check} says of Mackerel, before the first alert. */
@Tag("fast")
class MackerelCheckTest {

    private static final String URL = "https://mackerel:secret-key-of-the-gate@alerts.example.jp/mackerel";

    @RegisterExtension
    final FakeMackerel mackerel = new FakeMackerel();

    private List<Finding> findings(String key, boolean memo) {
        return findings(key, memo, false);
    }

    private List<Finding> findings(String key, boolean memo, boolean closes) {
        MackerelSettings settings = new MackerelSettings(
                new Secret(key), mackerel.url(), Duration.ofMinutes(2), Duration.ofHours(1), 50, null, memo, null);
        List<Finding> findings =
                MackerelCheck.of(settings, Set.of("/mackerel"), closes).findings();
        assertThat(findings.toString()).doesNotContain(key, "secret-key-of-the-gate");
        return findings;
    }

    private Finding channel() {
        return findings(FakeMackerel.KEY, false).get(1);
    }

    @Test
    void says_whose_key_it_is_and_that_the_channel_is_well() {
        mackerel.withChannel("ours", URL);

        assertThat(findings(FakeMackerel.KEY, false)).noneMatch(Finding::isWrong);
        assertThat(findings(FakeMackerel.KEY, false).get(0).found()).contains("example");
    }

    @Test
    void says_that_the_key_is_not_known_and_nothing_more() {
        assertThat(findings("wrong", true)).singleElement().satisfies(finding -> {
            assertThat(finding.isWrong()).isTrue();
            assertThat(finding.text()).contains("401", "API Keys");
        });
    }

    @Test
    void says_what_is_wrong_with_the_channel() {
        assertThat(channel().text()).contains("does not have a webhook channel of the path /mackerel");
        mackerel.withChannel("ours", URL).suspend("ours", Instant.parse("2026-11-20T00:00:00Z"));
        assertThat(channel().text()).contains("is suspended since 2026-11-20T00:00:00Z");
        mackerel.resume("ours").notInGroup("default-group");
        assertThat(channel().text()).contains("in no notification group");
        mackerel.inGroup("default-group", "ours").level("default-group", "critical");
        assertThat(channel().isWrong()).isFalse();
        assertThat(channel().text()).contains("critical alerts only");
        mackerel.level("default-group", "all").withoutChannel("ours").withChannel("ours", URL, "hostStatus");
        assertThat(channel().text()).contains("gets no alerts");
    }

    @Test
    void says_whether_a_key_that_is_to_write_may() {
        mackerel.withChannel("ours", URL);

        assertThat(findings(FakeMackerel.KEY, true)).noneMatch(Finding::isWrong);
        assertThat(findings(FakeMackerel.READ_ONLY_KEY, true).get(2).isWrong()).isTrue();
        assertThat(findings(FakeMackerel.READ_ONLY_KEY, false, true).get(2).isWrong())
                .isTrue();
    }
}
