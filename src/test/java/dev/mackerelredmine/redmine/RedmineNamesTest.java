package dev.mackerelredmine.redmine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedmineNamesTest {

    private static final String TRACKERS = "/trackers.json";
    private static final String STATUSES = "/issue_statuses.json";
    private static final String PRIORITIES = "/enumerations/issue_priorities.json";
    private static final String MEMBERS = "/projects/alert/memberships.json?limit=100";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final SettableClock clock = new SettableClock();
    private final RedmineNames names = new RedmineNames(new RedmineOutcomes(), clock);

    private void learn(String path, String answer) throws DeliveryException {
        names.learn(path, answer.getBytes(UTF_8));
    }

    private void learnTrackers() throws DeliveryException {
        learn(
                TRACKERS,
                "{\"trackers\":[{\"id\":1,\"name\":\"Bug\",\"default_status\":{\"id\":9,\"name\":\"New\"}},{\"id\":3,\"name\":\"警報\"}]}");
    }

    private List<String> toFetchForTracker(String tracker) {
        return names.toFetch("alert", tracker, null, null, null);
    }

    // --- numbers

    @ParameterizedTest
    @ValueSource(strings = {"1", "111", "999999999999999999"})
    void takes_a_number_as_it_is_and_needs_no_list_for_it(String number) {
        assertThat(names.toFetch("alert", number, number, number, number)).isEmpty();
        assertThat(List.<Function<String, Long>>of(
                        names::tracker, names::status, names::priority, it -> names.assignee("alert", it)))
                .allSatisfy(lookUp -> assertThat(lookUp.apply(number)).isEqualTo(Long.valueOf(number)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void leaves_to_redmine_what_is_not_set_and_needs_no_list_for_it(String nothing) {
        assertThat(names.toFetch("alert", nothing, nothing, nothing, nothing)).isEmpty();
        assertThat(names.tracker(nothing)).isNull();
        assertThat(names.assignee("alert", nothing)).isNull();
    }

    // --- names

    @Test
    void needs_the_list_of_every_kind_of_name() {
        assertThat(names.toFetch("alert", "Bug", "New", "High", "dev"))
                .containsExactly(TRACKERS, STATUSES, PRIORITIES, MEMBERS);
    }

    @Test
    void needs_the_members_of_the_very_project() throws Exception {
        learn(MEMBERS, "{\"memberships\":[{\"id\":1,\"user\":{\"id\":6,\"name\":\"dev\"}}]}");

        assertThat(names.toFetch("other", null, null, null, "dev"))
                .containsExactly("/projects/other/memberships.json?limit=100");
        assertThat(names.assignee("other", "dev")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"Bug, 1", "警報, 3"})
    void knows_the_number_of_a_tracker(String name, long number) throws Exception {
        learnTrackers();

        assertThat(names.tracker(name)).isEqualTo(number);
    }

    @Test
    void knows_the_number_of_a_status() throws Exception {
        learn(STATUSES, "{\"issue_statuses\":[{\"id\":2,\"name\":\"In Progress\",\"is_closed\":false}]}");

        assertThat(names.status("In Progress")).isEqualTo(2);
    }

    @Test
    void knows_the_number_of_a_priority() throws Exception {
        learn(
                PRIORITIES,
                "{\"issue_priorities\":[{\"id\":4,\"name\":\"Urgent\",\"is_default\":false,\"active\":true}]}");

        assertThat(names.priority("Urgent")).isEqualTo(4);
    }

    @Test
    void knows_the_number_of_a_user_and_of_a_group_and_not_of_the_membership() throws Exception {
        learn(MEMBERS, """
                {"memberships":[
                  {"id":1,"project":{"id":9,"name":"Alerts"},"user":{"id":6,"name":"dev Test"},"roles":[{"id":3,"name":"Developer"}]},
                  {"id":2,"project":{"id":9,"name":"Alerts"},"group":{"id":8,"name":"oncall"},"roles":[{"id":3,"name":"Developer"}]}],
                 "total_count":2,"offset":0,"limit":100}""");

        assertThat(names.assignee("alert", "dev Test")).isEqualTo(6);
        assertThat(names.assignee("alert", "oncall")).isEqualTo(8);
        assertThat(names.assignee("alert", "Developer")).isNull();
        assertThat(names.assignee("alert", "Alerts")).isNull();
    }

    @Test
    void takes_the_first_of_two_that_have_one_name() throws Exception {
        learn(MEMBERS, """
                {"memberships":[{"id":1,"user":{"id":6,"name":"Sato"}},{"id":2,"user":{"id":7,"name":"Sato"}}]}""");

        assertThat(names.assignee("alert", "Sato")).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alarm", "bug", "Bug ", "New"})
    void leaves_to_redmine_a_name_that_it_does_not_have(String name) throws Exception {
        learnTrackers();

        assertThat(names.tracker(name)).isNull();
    }

    @Test
    void says_in_the_log_which_name_redmine_does_not_have_and_where_to_mend_it() throws Exception {
        learnTrackers();

        try (LoggedErrors log = LoggedErrors.of(RedmineNames.class.getName())) {
            names.tracker("Alarm");

            assertThat(log.messages())
                    .containsExactly(
                            "Redmine shows no \"Alarm\" in /trackers.json: left to Redmine. Check redmine.tracker and policy.camel.yaml.");
        }
    }

    // --- when a list is fetched

    @Test
    void fetches_a_list_once() throws Exception {
        assertThat(toFetchForTracker("Bug")).containsExactly(TRACKERS);

        learnTrackers();
        clock.passes(Duration.ofDays(365));

        assertThat(toFetchForTracker("Bug")).isEmpty();
    }

    @Test
    void does_not_fetch_a_fresh_list_again_for_a_name_that_is_not_in_it() throws Exception {
        learnTrackers();
        clock.passes(FIVE_MINUTES);

        assertThat(toFetchForTracker("Alarm")).isEmpty();
    }

    @Test
    void fetches_a_list_again_after_five_minutes_for_a_name_that_is_not_in_it() throws Exception {
        learnTrackers();
        clock.passes(FIVE_MINUTES.plusMillis(1));

        assertThat(toFetchForTracker("Alarm")).containsExactly(TRACKERS);
    }

    @Test
    void knows_a_name_that_was_added_and_no_longer_one_that_was_removed() throws Exception {
        learnTrackers();
        learn(TRACKERS, "{\"trackers\":[{\"id\":5,\"name\":\"Alarm\"}]}");

        assertThat(names.tracker("Alarm")).isEqualTo(5);
        assertThat(names.tracker("Bug")).isNull();
    }

    // --- answers that are none

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"trackers\":[{\"id\":1", "null", "[]", "5", "{} x"})
    void tries_again_when_the_list_is_unreadable_and_keeps_the_one_it_has(String answer) throws Exception {
        learnTrackers();

        assertThatThrownBy(() -> learn(TRACKERS, answer))
                .isInstanceOf(TryAgainException.class)
                .hasMessage("GET /trackers.json was answered with something that is not Redmine's JSON");
        assertThat(names.tracker("Bug")).isEqualTo(1);
    }

    @Test
    void tries_again_when_there_is_no_answer() {
        assertThatThrownBy(() -> names.learn(TRACKERS, null)).isInstanceOf(TryAgainException.class);
    }

    @Test
    void reads_past_entries_without_number_or_name() throws Exception {
        learn(
                TRACKERS,
                "{\"trackers\":[{\"id\":1},{\"name\":\"Bug\"},{\"id\":null,\"name\":\"Alarm\"},null,5,{\"id\":3,\"name\":\"Alert\"}]}");

        assertThat(names.tracker("Alert")).isEqualTo(3);
        assertThat(names.tracker("Bug")).isNull();
        assertThat(names.tracker("Alarm")).isNull();
    }

    private static final class SettableClock extends Clock {

        private Instant now = Instant.parse("2026-11-22T10:00:00Z");

        void passes(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
