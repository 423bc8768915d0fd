package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.Issue.CustomField;
import dev.mackerelredmine.redmine.IssueSearch.Identity;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class IssueSearchTest {

    private static final Identity ALERT = new Identity("2bjA", "mackerel-redmine:0123456789abcdef", null);
    private static final String EVERY_STATUS = "&f[]=status_id&op[status_id]=*&limit=100&sort=id";

    private final IssueSearch search = new IssueSearch(44L);

    private static Issue issue(long id, String description, CustomField... fields) {
        return new Issue(
                id,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "subject",
                description,
                List.of(fields),
                null,
                null,
                null,
                null);
    }

    private static Issue withAlertId(long id, Object value) {
        return issue(id, "", new CustomField(44, "Alert id", value));
    }

    private static Issue withMarker(long id) {
        return issue(id, "```\r\n{}\r\n```\r\n\r\n" + ALERT.marker());
    }

    private List<Long> pick(Issue... found) {
        List<Issue> picked = search.pick(ALERT, Arrays.asList(found));
        return picked == null ? null : picked.stream().map(Issue::id).toList();
    }

    // --- what is asked

    @Test
    void asks_for_the_marker_in_descriptions_whatever_the_status() {
        assertThat(search.byMarker(ALERT))
                .isEqualTo("f[]=description&op[description]=~&v[description][]=mackerel-redmine%3A0123456789abcdef"
                        + EVERY_STATUS);
    }

    @Test
    void asks_for_the_alert_id_in_its_custom_field_whatever_the_status() {
        assertThat(search.byAlertId(ALERT)).isEqualTo("f[]=cf_44&op[cf_44]==&v[cf_44][]=2bjA" + EVERY_STATUS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '"',
            value = {
                "a&b a%26b",
                "a=b a%3Db",
                "a+b a%2Bb",
                "\"a b\" a+b",
                "a%b a%25b",
                "a#b a%23b",
                "a|b a%7Cb",
                "~a %7Ea",
                "決済 %E6%B1%BA%E6%B8%88",
                "🔥 %F0%9F%94%A5"
            })
    void encodes_what_it_asks_for(String alertId, String encoded) {
        assertThat(search.byAlertId(new Identity(alertId, "m", null)))
                .isEqualTo("f[]=cf_44&op[cf_44]==&v[cf_44][]=" + encoded + EVERY_STATUS);
    }

    @Test
    void knows_whether_there_is_a_field_for_the_alert_id() {
        assertThat(search.hasAlertIdField()).isTrue();
        assertThat(new IssueSearch(null).hasAlertIdField()).isFalse();
    }

    // --- what is believed

    @Test
    void picks_nothing_when_nothing_is_found() {
        assertThat(pick()).isNull();
    }

    @Test
    void picks_the_issue_that_has_the_alert_id() {
        assertThat(pick(withAlertId(7, "2bjA"))).containsExactly(7L);
    }

    @Test
    void picks_the_issue_that_has_the_marker() {
        assertThat(pick(withMarker(7))).containsExactly(7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2bja", "2BJA", "2bjA ", " 2bjA", "2bj", "2bjAB", "", "２bjA"})
    void does_not_take_another_alert_id_for_this_one(String other) {
        assertThat(pick(withAlertId(7, other))).isNull();
    }

    @Test
    void does_not_take_another_field_for_the_alert_id() {
        assertThat(pick(issue(7, "", new CustomField(45, "Other", "2bjA")))).isNull();
    }

    @Test
    void does_not_look_at_fields_where_none_is_for_the_alert_id() {
        assertThat(new IssueSearch(null).pick(ALERT, List.of(withAlertId(7, "2bjA"))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mackerel-redmine:0123456789ABCDEF",
                "mackerel-redmine:0123456789abcde",
                "mackerel-redmine: 0123456789abcdef",
                "2bjA"
            })
    void does_not_take_another_marker_for_this_one(String description) {
        assertThat(pick(issue(7, description))).isNull();
    }

    @Test
    void picks_nothing_among_any_issues_with_which_redmine_answers_an_unknown_filter() {
        assertThat(pick(
                        issue(1, "printer is on fire"),
                        issue(2, null),
                        withAlertId(3, null),
                        withAlertId(4, List.of("2bjB"))))
                .isNull();
    }

    @Test
    void picks_the_right_one_among_unrelated_issues() {
        assertThat(pick(issue(1, "printer is on fire"), withMarker(5), withAlertId(6, "2bjB")))
                .containsExactly(5L);
    }

    @Test
    void picks_all_that_are_of_the_alert_by_their_numbers() {
        assertThat(pick(withMarker(9), withAlertId(7, "2bjA"), withMarker(8))).containsExactly(7L, 8L, 9L);
    }
}
