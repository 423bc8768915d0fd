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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class RedmineNamesTest {

    private static final String TRACKERS = "/trackers.json";
    private static final String STATUSES = "/issue_statuses.json";
    private static final String PRIORITIES = "/enumerations/issue_priorities.json";
    private static final String MEMBERS = "/projects/alert/memberships.json?limit=100";
    private static final String CATEGORIES = "/projects/alert.json?include=issue_categories";
    private static final String PROJECTS = "/projects.json?limit=100";
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

    private Long tracker(String text) {
        return names.number(RedmineName.tracker(text));
    }

    private Long assignee(String text) {
        return names.number(RedmineName.assignee("alert", text));
    }

    private Long project(String text) {
        return names.number(RedmineName.project(text));
    }

    private Optional<String> toFetchForTracker(String tracker) {
        return names.toFetch(RedmineName.tracker(tracker));
    }

    static List<RedmineName> all(String text) {
        return List.of(
                RedmineName.project(text),
                RedmineName.tracker(text),
                RedmineName.status(text),
                RedmineName.priority(text),
                RedmineName.assignee("alert", text),
                RedmineName.category("alert", text),
                RedmineName.watcher("alert", text));
    }

    @Test
    void has_no_category_where_redmine_does_not_show_them() throws Exception {
        learn(CATEGORIES, "{\"project\":{\"id\":1,\"name\":\"Alerts\"}}");

        assertThat(names.lacks(RedmineName.category("alert", "Servers"))).isTrue();
    }

    // --- numbers

    @ParameterizedTest
    @ValueSource(strings = {"1", "111", "999999999999999999"})
    void takes_a_trusted_number_as_it_is_and_needs_no_list_for_it(String number) throws Exception {
        learnTrackers();

        assertThat(all(number)).extracting(RedmineName::trusted).allSatisfy(name -> {
            assertThat(names.toFetch(name)).isEmpty();
            assertThat(names.number(name)).isEqualTo(Long.valueOf(number));
            assertThat(names.lacks(name)).isFalse();
        });
    }

    @Test
    void looks_every_other_number_up_because_redmine_refuses_an_issue_for_many_that_it_does_not_have()
            throws Exception {
        assertThat(all("1")).extracting(names::toFetch).allMatch(Optional::isPresent);
        learn(PROJECTS, "{\"projects\":[{\"id\":31,\"name\":\"Alerts\",\"identifier\":\"alert\"}]}");
        learn(MEMBERS, "{\"memberships\":[{\"id\":1,\"user\":{\"id\":6,\"name\":\"dev\"}}]}");
        learn(CATEGORIES, "{\"project\":{\"id\":31,\"issue_categories\":[{\"id\":4,\"name\":\"Servers\"}]}}");

        assertThat(project("31")).isEqualTo(31);
        assertThat(names.number(RedmineName.watcher("alert", "6"))).isEqualTo(6);
        assertThat(names.number(RedmineName.category("alert", "4"))).isEqualTo(4);
        assertThat(project("32")).isNull();
        assertThat(names.number(RedmineName.watcher("alert", "1"))).isNull();
        assertThat(names.number(RedmineName.category("alert", "31"))).isNull();
    }

    @Test
    void doubts_no_number_before_redmine_was_asked() {
        assertThat(all("5")).allSatisfy(name -> {
            assertThat(names.number(name)).isEqualTo(5);
            assertThat(names.lacks(name)).isFalse();
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void leaves_to_redmine_what_is_not_set_and_needs_no_list_for_it(String nothing) {
        assertThat(all(nothing)).allSatisfy(name -> {
            assertThat(names.toFetch(name)).isEmpty();
            assertThat(names.number(name)).isNull();
            assertThat(names.lacks(name)).isFalse();
        });
    }

    // --- names

    @Test
    void needs_the_list_of_every_kind_of_name() {
        assertThat(all("Bug"))
                .extracting(name -> names.toFetch(name).orElseThrow())
                .containsExactly(PROJECTS, TRACKERS, STATUSES, PRIORITIES, MEMBERS, CATEGORIES, MEMBERS);
    }

    @Test
    void needs_the_members_of_the_very_project() throws Exception {
        learn(MEMBERS, "{\"memberships\":[{\"id\":1,\"user\":{\"id\":6,\"name\":\"dev\"}}]}");

        assertThat(names.toFetch(RedmineName.assignee("other", "dev")))
                .contains("/projects/other/memberships.json?limit=100");
        assertThat(names.number(RedmineName.assignee("other", "dev"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"Bug, 1", "警報, 3"})
    void knows_the_number_of_a_tracker(String name, long number) throws Exception {
        learnTrackers();

        assertThat(tracker(name)).isEqualTo(number);
    }

    @Test
    void knows_the_number_of_a_status() throws Exception {
        learn(STATUSES, "{\"issue_statuses\":[{\"id\":2,\"name\":\"In Progress\",\"is_closed\":false}]}");

        assertThat(names.number(RedmineName.status("In Progress"))).isEqualTo(2);
    }

    @Test
    void knows_the_number_of_a_priority() throws Exception {
        learn(
                PRIORITIES,
                "{\"issue_priorities\":[{\"id\":4,\"name\":\"Urgent\",\"is_default\":false,\"active\":true}]}");

        assertThat(names.number(RedmineName.priority("Urgent"))).isEqualTo(4);
    }

    @Test
    void knows_the_number_of_a_user_and_of_a_group_and_not_of_the_membership() throws Exception {
        learn(MEMBERS, """
                {"memberships":[
                  {"id":1,"project":{"id":9,"name":"Alerts"},"user":{"id":6,"name":"dev Test"},"roles":[{"id":3,"name":"Developer"}]},
                  {"id":2,"project":{"id":9,"name":"Alerts"},"group":{"id":8,"name":"oncall"},"roles":[{"id":3,"name":"Developer"}]}],
                 "total_count":2,"offset":0,"limit":100}""");

        assertThat(assignee("dev Test")).isEqualTo(6);
        assertThat(assignee("oncall")).isEqualTo(8);
        assertThat(assignee("Developer")).isNull();
        assertThat(assignee("Alerts")).isNull();
    }

    @Test
    void takes_the_first_of_two_that_have_one_name() throws Exception {
        learn(MEMBERS, """
                {"memberships":[{"id":1,"user":{"id":6,"name":"Sato"}},{"id":2,"user":{"id":7,"name":"Sato"}}]}""");

        assertThat(assignee("Sato")).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alarm", "bug", "Bug ", "New"})
    void leaves_to_redmine_a_name_that_it_does_not_have(String name) throws Exception {
        learnTrackers();

        assertThat(tracker(name)).isNull();
    }

    @Test
    void knows_a_project_by_name_identifier_and_number_and_an_identifier_before_a_name() throws Exception {
        learn(PROJECTS, """
                {"projects":[{"id":1,"name":"shop","identifier":"old-shop"},{"id":2,"name":"The shop","identifier":"shop"}]}""");

        assertThat(project("shop")).isEqualTo(2);
        assertThat(project("old-shop")).isEqualTo(1);
        assertThat(project("The shop")).isEqualTo(2);
        assertThat(project("2")).isEqualTo(2);
    }

    @Test
    void knows_the_number_of_a_category_and_not_of_what_else_the_project_shows() throws Exception {
        learn(CATEGORIES, """
                {"project":{"id":31,"name":"Alerts","custom_fields":[{"id":8,"name":"Team","value":"a"}],
                 "issue_categories":[{"id":4,"name":"Servers"}]}}""");

        assertThat(names.number(RedmineName.category("alert", "Servers"))).isEqualTo(4);
        assertThat(names.number(RedmineName.category("alert", "Team"))).isNull();
    }

    @Test
    void finds_the_first_closed_status() throws Exception {
        learn(STATUSES, """
                {"issue_statuses":[{"id":1,"name":"New","is_closed":false},{"id":5,"name":"Closed","is_closed":true},
                {"id":6,"name":"Rejected","is_closed":true}]}""");

        assertThat(names.number(RedmineName.status(RedmineNames.ANY_CLOSED))).isEqualTo(5);
    }

    @Test
    void lacks_a_name_only_when_redmine_was_asked_for_it() throws Exception {
        assertThat(names.lacks(RedmineName.tracker("Alarm"))).isFalse();

        learnTrackers();

        assertThat(names.lacks(RedmineName.tracker("Alarm"))).isTrue();
        assertThat(names.lacks(RedmineName.tracker("Bug"))).isFalse();
        assertThat(names.lacks(RedmineName.tracker("1"))).isFalse();
        assertThat(names.lacks(RedmineName.tracker("7"))).isTrue();
    }

    @Test
    void says_once_for_each_fetch_in_the_log_which_name_redmine_does_not_have_and_where_to_correct_it()
            throws Exception {
        String missed =
                "Redmine shows no tracker \"Alarm\" in /trackers.json: the default is used. Check the settings and policy.camel.yaml.";
        learnTrackers();

        try (LoggedErrors log = LoggedErrors.of(RedmineNames.class.getName())) {
            tracker("Alarm");
            tracker("Alarm");
            assertThat(log.messages()).containsExactly(missed);

            learnTrackers();
            tracker("Alarm");
            assertThat(log.messages()).containsExactly(missed, missed);
        }
    }

    // --- lists of several pages

    private static String members(int first, int last, int total) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(id -> "{\"id\":0,\"user\":{\"id\":" + id + ",\"name\":\"user " + id + "\"}}")
                .collect(Collectors.joining(",", "{\"memberships\":[", "],\"total_count\":" + total + "}"));
    }

    @Test
    void fetches_page_after_page_until_it_has_them_all() throws Exception {
        RedmineName last = RedmineName.assignee("alert", "user 250");
        learn(MEMBERS, members(1, 100, 250));
        assertThat(names.toFetch(last)).contains(MEMBERS + "&offset=100");
        learn(MEMBERS + "&offset=100", members(101, 200, 250));
        assertThat(names.toFetch(last)).contains(MEMBERS + "&offset=200");
        learn(MEMBERS + "&offset=200", members(201, 250, 250));

        assertThat(names.toFetch(last)).isEmpty();
        assertThat(assignee("user 1")).isEqualTo(1);
        assertThat(assignee("user 150")).isEqualTo(150);
        assertThat(assignee("user 250")).isEqualTo(250);
    }

    @Test
    void misses_nobody_before_the_last_page_has_come() throws Exception {
        learn(MEMBERS, members(1, 100, 101));

        assertThat(names.lacks(RedmineName.assignee("alert", "user 101"))).isFalse();
    }

    @Test
    void takes_a_page_without_entries_for_the_end() throws Exception {
        learn(MEMBERS, members(1, 100, 101));
        learn(MEMBERS + "&offset=100", members(2, 1, 101));

        assertThat(assignee("user 100")).isEqualTo(100);
        assertThat(names.lacks(RedmineName.assignee("alert", "user 101"))).isTrue();
    }

    @Test
    void keeps_the_pages_in_order_when_two_fetch_them_at_once() throws Exception {
        learn(MEMBERS, members(1, 100, 150));
        learn(MEMBERS, members(1, 100, 150));
        learn(MEMBERS + "&offset=100", members(101, 150, 150));
        learn(MEMBERS + "&offset=100", members(101, 150, 150));

        assertThat(names.toFetch(RedmineName.assignee("alert", "nobody"))).isEmpty();
        assertThat(assignee("user 1")).isEqualTo(1);
        assertThat(assignee("user 150")).isEqualTo(150);
    }

    // --- when a list is fetched

    @Test
    void fetches_a_list_once() throws Exception {
        assertThat(toFetchForTracker("Bug")).contains(TRACKERS);

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

        assertThat(toFetchForTracker("Alarm")).contains(TRACKERS);
    }

    @Test
    void knows_a_name_that_was_added_and_no_longer_one_that_was_removed() throws Exception {
        learnTrackers();
        learn(TRACKERS, "{\"trackers\":[{\"id\":5,\"name\":\"Alarm\"}]}");

        assertThat(tracker("Alarm")).isEqualTo(5);
        assertThat(tracker("Bug")).isNull();
    }

    // --- answers that are none

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "{\"trackers\":[{\"id\":1", "null", "[]", "5", "{} x", "{}", "{\"trackers\":{}}"})
    void tries_again_when_the_list_is_unreadable_and_keeps_the_one_it_has(String answer) throws Exception {
        learnTrackers();

        assertThatThrownBy(() -> learn(TRACKERS, answer))
                .isInstanceOf(TryAgainException.class)
                .hasMessage("GET /trackers.json was answered with something that is not Redmine's JSON");
        assertThat(tracker("Bug")).isEqualTo(1);
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

        assertThat(tracker("Alert")).isEqualTo(3);
        assertThat(tracker("Bug")).isNull();
        assertThat(tracker("Alarm")).isNull();
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
