package dev.mackerelredmine.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.escalation.NotReached.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whom a step notifies, by what, and who is left out. */
@Tag("fast")
class RecipientsTest {

    private static final Instant CHANGE = Instant.parse("2026-12-01T00:00:00Z");
    private static final Target HANAKO = new Target(Target.Kind.PERSON, "Hanako");
    private static final Target PRIMARY = new Target(Target.Kind.ROTA, "primary");
    private static final Target OPS = new Target(Target.Kind.GROUP, "Ops");

    private static final EscalationFile FILE = new EscalationFile(
            Map.of("primary", at -> at.isBefore(CHANGE) ? Optional.empty() : Optional.of("Hanako")),
            Map.of(
                    "Hanako", new Person("Hanako", Map.of("slack", "U1", "redmine", "hanako")),
                    "Ops", new Person("Ops", Map.of("slack", "#ops"))),
            Map.of());

    private static Recipients at(Instant at, List<Target> whom, String... by) {
        return Recipients.of(FILE, new EscalationStep(Duration.ZERO, whom, List.of(by)), at);
    }

    @Test
    void each_is_notified_by_each_means() {
        assertThat(at(CHANGE, List.of(HANAKO, OPS), "slack", "redmine").recipients())
                .containsExactly(
                        new Recipient("Hanako", "slack", "U1", false),
                        new Recipient("Hanako", "redmine", "hanako", false),
                        new Recipient("Ops", "slack", "#ops", true),
                        new Recipient("Ops", "redmine", null, true));
    }

    @Test
    void who_is_named_twice_is_notified_once() {
        assertThat(at(CHANGE, List.of(PRIMARY, HANAKO), "slack").recipients())
                .containsExactly(new Recipient("Hanako", "slack", "U1", false));
    }

    @Test
    void nobody_may_be_on_call() {
        Recipients nobody = at(CHANGE.minusSeconds(1), List.of(PRIMARY), "slack", "redmine");

        assertThat(nobody.recipients()).isEmpty();
        assertThat(nobody.leftOut()).hasToString("[nobody is on call in the rota primary]");
    }

    @Test
    void who_has_no_contact_is_left_out_of_these_means() {
        Recipients some = at(CHANGE, List.of(HANAKO, new Target(Target.Kind.PERSON, "Taro")), "phone", "slack");

        assertThat(some.recipients()).containsExactly(new Recipient("Hanako", "slack", "U1", false));
        assertThat(some.leftOut())
                .extracting(NotReached::toString)
                .containsExactly(
                        "Hanako has no contact for phone",
                        "Taro has no contact for phone",
                        "Taro has no contact for slack");
    }

    @Test
    void redmine_knows_people_by_their_names() {
        assertThat(at(CHANGE, List.of(new Target(Target.Kind.PERSON, "Taro")), "redmine")
                        .recipients())
                .containsExactly(new Recipient("Taro", "redmine", null, false));
    }

    @Test
    void a_rota_may_be_gone_from_the_file_while_an_escalation_runs() {
        Recipients nobody = at(CHANGE, List.of(new Target(Target.Kind.ROTA, "gone")), "slack");

        assertThat(nobody.recipients()).isEmpty();
        assertThat(nobody.leftOut()).hasToString("[the escalation file has no rota gone any more]");
    }

    @Test
    void why_somebody_is_not_notified_is_read_again_as_it_was_kept() {
        for (Reason reason : Reason.values()) {
            NotReached why = new NotReached(reason, "Yamada\tHanako", "phone");

            assertThat(NotReached.read(why.kept())).contains(new NotReached(reason, "Yamada Hanako", "phone"));
        }
        assertThat(NotReached.read("Hanako by slack")).isEmpty();
        assertThat(NotReached.inEnglish("Hanako by slack\nno-contact\tTaro\tphone"))
                .isEqualTo("Hanako by slack, Taro has no contact for phone");
    }
}
