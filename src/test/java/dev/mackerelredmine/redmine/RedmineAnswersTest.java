package dev.mackerelredmine.redmine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mackerelredmine.redmine.Issue.CustomField;
import dev.mackerelredmine.redmine.Issue.Named;
import dev.mackerelredmine.redmine.LookUpFirstException.Request;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class RedmineAnswersTest {

    private static final String CREATE = "/projects/alert/issues.json";
    private static final String SEARCH = "/issues.json";

    /** As Redmine 5.0 answers. */
    private static final String ISSUE = """
            {"id":42,"project":{"id":1,"name":"Alerts"},"tracker":{"id":3,"name":"Alert"},"status":{"id":1,"name":"New","is_closed":false},
             "priority":{"id":2,"name":"Normal"},"author":{"id":5,"name":"bot"},"assigned_to":{"id":6,"name":"dev Test"},"category":{"id":4,"name":"Servers"},
             "subject":"CRITICAL: web1 CPU %","description":"a\\r\\nb","start_date":"2026-11-22","due_date":"2026-12-24","done_ratio":0,"is_private":false,
             "estimated_hours":null,"custom_fields":[{"id":11,"name":"Monitor","value":"CPU %"},
             {"id":12,"name":"Tags","multiple":true,"value":["a","b"]},{"id":13,"name":"Empty","value":null}],
             "created_on":"2026-11-22T10:00:00Z","closed_on":null}""";

    private static final NewIssue ASKED = new NewIssue(
            "alert",
            3L,
            1L,
            2L,
            6L,
            false,
            4L,
            "2026-12-24",
            List.of(7L),
            "CRITICAL: web1 CPU %",
            "a\nb",
            List.of(new CustomFieldValue(11, "CPU %")),
            List.of());

    private final RedmineAnswers answers = new RedmineAnswers(new RedmineOutcomes());

    private Issue created(String answer) throws DeliveryException {
        return answers.created(answer.getBytes(UTF_8), CREATE);
    }

    // --- the project

    private void takesIssues(String project) throws DeliveryException {
        answers.takesIssues(("{\"project\":" + project + "}").getBytes(UTF_8), "/projects/alert.json");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"id":1,"identifier":"shop","status":5}                                             | shop is closed or archived
            {"id":1,"identifier":"shop","status":1,"enabled_modules":[{"id":2,"name":"files"}]} | "Issue tracking" switched off
            {"id":1,"identifier":"shop","status":1,"trackers":[]}                               | shop has no tracker
            """)
    void names_what_keeps_a_project_from_taking_tickets(String project, String reason) {
        assertThatThrownBy(() -> takesIssues(project))
                .isExactlyInstanceOf(ParkedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void passes_a_project_that_takes_tickets() throws Exception {
        takesIssues("""
                {"id":1,"identifier":"shop","status":1,"enabled_modules":[{"id":1,"name":"issue_tracking"}],
                 "trackers":[{"id":3,"name":"Alert"}]}""");
        takesIssues("{\"id\":1,\"identifier\":\"shop\"}");
    }

    @Test
    void does_not_take_a_page_for_a_project() {
        assertThatThrownBy(() -> answers.takesIssues("<html>".getBytes(UTF_8), "/projects/alert.json"))
                .isInstanceOf(TryAgainException.class);
    }

    // --- the issue that was created

    @Test
    void reads_the_issue_that_redmine_made() throws Exception {
        assertThat(created("{\"issue\":" + ISSUE + "}"))
                .isEqualTo(new Issue(
                        42,
                        new Named(1, "Alerts"),
                        new Named(3, "Alert"),
                        new Issue.Status(1, "New", false),
                        new Named(2, "Normal"),
                        new Named(6, "dev Test"),
                        new Named(4, "Servers"),
                        "2026-12-24",
                        "CRITICAL: web1 CPU %",
                        "a\r\nb",
                        List.of(
                                new CustomField(11, "Monitor", "CPU %"),
                                new CustomField(12, "Tags", List.of("a", "b")),
                                new CustomField(13, "Empty", null)),
                        null,
                        null,
                        new Named(5, "bot"),
                        null,
                        "2026-11-22T10:00:00Z",
                        null));
    }

    @Test
    void reads_an_issue_of_which_redmine_shows_hardly_anything() throws Exception {
        assertThat(created("{\"issue\":{\"id\":42}}"))
                .isEqualTo(new Issue(
                        42, null, null, null, null, null, null, null, null, null, List.of(), null, null, null, null));
    }

    @Test
    void reads_past_what_it_does_not_know() throws Exception {
        assertThat(created("{\"issue\":{\"id\":42,\"new\":{}},\"api\":2}").id()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{}",
                "[]",
                "5",
                "\"ok\"",
                "<html><body>Sign in</body></html>",
                "{\"issue\":null}",
                "{\"issue\":{}}",
                "{\"issue\":{\"id\":0}}",
                "{\"issue\":{\"id\":\"x\"}}",
                "{\"issue\":{\"id\":42}",
                "{\"issue\":{\"id\":42,\"sub",
                "{\"issue\":{\"id\":42}}}",
                "{\"issue\":{\"id\":42}}{}",
                "{\"issue\":{\"id\":99999999999999999999}}"
            })
    void takes_an_unreadable_answer_for_an_unclear_outcome(String answer) {
        LookUpFirstException unclear = catchThrowableOfType(LookUpFirstException.class, () -> created(answer));

        assertThat(unclear)
                .hasMessage("POST /projects/alert/issues.json was answered with something that is not Redmine's JSON");
        assertThat(unclear.request()).isEqualTo(Request.MAY_RUN);
    }

    @Test
    void takes_no_answer_at_all_for_an_unclear_outcome() {
        assertThatThrownBy(() -> answers.created(null, CREATE)).isInstanceOf(LookUpFirstException.class);
    }

    // --- an issue that was asked for

    @Test
    void reads_the_statuses_that_are_allowed_and_the_journals() throws Exception {
        String shown = """
                {"issue":{"id":42,"allowed_statuses":[{"id":1,"name":"New","is_closed":false},{"id":5,"name":"Closed","is_closed":true}],
                 "journals":[{"id":7,"user":{"id":5,"name":"bot"},"notes":"a\\nb","details":[]},{"id":8,"notes":""},{"id":9,"notes":null}]}}""";

        Issue issue = answers.shown(shown.getBytes(UTF_8), "/issues/42.json");

        assertThat(issue.allowedStatuses())
                .containsExactly(new Issue.Status(1, "New", false), new Issue.Status(5, "Closed", true));
        assertThat(issue.journals())
                .containsExactly(
                        new Issue.Journal(7, "a\nb", List.of(), new Named(5, "bot"), null),
                        new Issue.Journal(8, "", List.of()),
                        new Issue.Journal(9, null, List.of()));
    }

    @Test
    void tells_no_allowed_status_from_what_redmine_was_not_asked() throws Exception {
        String none = "{\"issue\":{\"id\":42,\"allowed_statuses\":[]}}";

        assertThat(answers.shown(none.getBytes(UTF_8), "/issues/42.json").allowedStatuses())
                .isEmpty();
        assertThat(created("{\"issue\":{\"id\":42}}").allowedStatuses()).isNull();
    }

    @Test
    void tries_again_when_there_is_no_answer_to_show() {
        assertThatThrownBy(() -> answers.shown(null, "/issues/42.json"))
                .isInstanceOf(TryAgainException.class)
                .hasMessage("GET /issues/42.json was answered with something that is not Redmine's JSON");
    }

    // --- the issues that a search found

    @Test
    void reads_the_issues_that_a_search_found() throws Exception {
        String found = "{\"issues\":[" + ISSUE + ",{\"id\":43}],\"total_count\":2,\"offset\":0,\"limit\":100}";

        assertThat(answers.found(found.getBytes(UTF_8), SEARCH))
                .extracting(Issue::id)
                .containsExactly(42L, 43L);
    }

    @Test
    void reads_that_nothing_was_found() throws Exception {
        assertThat(answers.found("{\"issues\":[],\"total_count\":0}".getBytes(UTF_8), SEARCH))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "<html>",
                "{\"issues\":null}",
                "{\"issues\":[{\"id\":4",
                "{\"issues\":[null]}",
                "{\"issues\":5}",
                "{\"issues\":[]} x"
            })
    void tries_again_when_the_answer_to_a_search_is_unreadable(String answer) {
        assertThatThrownBy(() -> answers.found(answer.getBytes(UTF_8), SEARCH))
                .isInstanceOf(TryAgainException.class)
                .hasMessage("GET /issues.json was answered with something that is not Redmine's JSON");
    }

    @Test
    void tries_again_when_there_is_no_answer_to_a_search() {
        assertThatThrownBy(() -> answers.found(null, SEARCH)).isInstanceOf(TryAgainException.class);
    }

    // --- what Redmine made is compared with what was asked

    private static Issue issue() {
        return new Issue(
                42,
                new Named(1, "Alerts"),
                new Named(3, "Alert"),
                new Issue.Status(1, "New", null),
                new Named(2, "Normal"),
                new Named(6, "dev Test"),
                new Named(4, "Servers"),
                "2026-12-24",
                "CRITICAL: web1 CPU %",
                "a\r\nb",
                List.of(new CustomField(11, "Monitor", "CPU %")),
                null,
                null,
                null,
                null);
    }

    private static Issue with(
            Named tracker, Issue.Status status, Named priority, Named assignee, String subject, String description) {
        return new Issue(
                42,
                issue().project(),
                tracker,
                status,
                priority,
                assignee,
                issue().category(),
                issue().dueDate(),
                subject,
                description,
                issue().customFields(),
                null,
                null,
                null,
                null);
    }

    private static Issue withFields(CustomField... fields) {
        return new Issue(
                42,
                issue().project(),
                issue().tracker(),
                issue().status(),
                issue().priority(),
                issue().assignedTo(),
                issue().category(),
                issue().dueDate(),
                issue().subject(),
                issue().description(),
                List.of(fields),
                null,
                null,
                null,
                null);
    }

    private List<String> differences(NewIssue asked, Issue issue) {
        String differences = answers.differences(asked, issue);
        List<String> names = new ArrayList<>();
        if (differences != null) {
            for (String one : differences
                    .replaceFirst("^ticket #42 is not as asked: ", "")
                    .split("; ")) {
                names.add(one.split(" ")[0]);
            }
        }
        return names;
    }

    @Test
    void says_nothing_of_an_issue_that_is_as_asked() {
        assertThat(answers.differences(ASKED, issue())).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void names_each_difference(String name, Issue issue) {
        assertThat(differences(ASKED, issue)).containsExactly(name);
    }

    static Stream<Arguments> names_each_difference() {
        Issue is = issue();
        Named other = new Named(9, "Other");
        return Stream.of(
                arguments(
                        "tracker-replaced",
                        with(other, is.status(), is.priority(), is.assignedTo(), is.subject(), is.description())),
                arguments(
                        "tracker-replaced",
                        with(null, is.status(), is.priority(), is.assignedTo(), is.subject(), is.description())),
                arguments(
                        "status-replaced",
                        with(
                                is.tracker(),
                                new Issue.Status(9, "Other", null),
                                is.priority(),
                                is.assignedTo(),
                                is.subject(),
                                is.description())),
                arguments(
                        "priority-replaced",
                        with(is.tracker(), is.status(), other, is.assignedTo(), is.subject(), is.description())),
                arguments(
                        "assignee-dropped",
                        with(is.tracker(), is.status(), is.priority(), null, is.subject(), is.description())),
                arguments(
                        "assignee-dropped",
                        with(is.tracker(), is.status(), is.priority(), other, is.subject(), is.description())),
                arguments(
                        "subject-changed",
                        with(is.tracker(), is.status(), is.priority(), is.assignedTo(), "other", is.description())),
                arguments(
                        "description-changed",
                        with(is.tracker(), is.status(), is.priority(), is.assignedTo(), is.subject(), null)),
                arguments(
                        "description-changed",
                        with(is.tracker(), is.status(), is.priority(), is.assignedTo(), is.subject(), "a\r\nc")),
                arguments("custom-field-11-dropped", withFields()),
                arguments("custom-field-11-dropped", withFields(new CustomField(12, "Monitor", "CPU %"))),
                arguments("custom-field-11-dropped", withFields(new CustomField(11, "Monitor", null))),
                arguments("custom-field-11-dropped", withFields(new CustomField(11, "Monitor", "cpu %"))));
    }

    @Test
    void names_all_differences_at_once() {
        Issue bare =
                new Issue(42, null, null, null, null, null, null, null, null, null, List.of(), null, null, null, null);

        assertThat(differences(ASKED, bare))
                .containsExactly(
                        "tracker-replaced",
                        "status-replaced",
                        "priority-replaced",
                        "assignee-dropped",
                        "category-dropped",
                        "due-date-dropped",
                        "subject-changed",
                        "description-changed",
                        "custom-field-11-dropped");
    }

    @Test
    void says_what_was_asked_what_redmine_shows_and_what_to_check() {
        Issue issue = with(
                new Named(1, "Bug"),
                issue().status(),
                issue().priority(),
                null,
                issue().subject(),
                issue().description());

        assertThat(answers.differences(ASKED, issue))
                .isEqualTo(
                        "ticket #42 is not as asked:"
                                + " tracker-replaced (asked for 3, Redmine shows 1 (Bug): is it enabled in the project, for this user's role?);"
                                + " assignee-dropped (asked for 6, Redmine shows none: is this a member of the project who can be assigned?)");
    }

    @Test
    void says_that_it_is_no_subtask() {
        NewIssue asked = new NewIssue(
                        "alert", null, null, null, null, false, null, null, List.of(), "subject", "text", List.of(),
                        List.of())
                .under(17L);

        assertThat(answers.differences(asked, issue()))
                .contains(
                        "parent-dropped (asked for 17, Redmine shows none: may the role of this user manage subtasks?)");
    }

    @Test
    void reads_of_which_issue_it_is_a_subtask() throws Exception {
        Issue issue = created("{\"issue\":{\"id\":42,\"parent\":{\"id\":17}}}");

        assertThat(issue.isUnder(17)).isTrue();
        assertThat(issue.isUnder(18)).isFalse();
        assertThat(created("{\"issue\":{\"id\":42}}").isUnder(17)).isFalse();
    }

    @Test
    void repeats_no_description() {
        NewIssue asked = new NewIssue(
                "alert",
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                List.of(),
                "subject",
                "a long payload",
                List.of(),
                List.of());

        assertThat(answers.differences(asked, issue()))
                .contains("description-changed")
                .doesNotContain("payload");
    }

    @Test
    void leaves_to_redmine_what_was_not_asked() {
        NewIssue asked = new NewIssue(
                "alert",
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                List.of(),
                issue().subject(),
                issue().description(),
                List.of(),
                List.of());

        assertThat(answers.differences(asked, issue())).isNull();
    }

    @Test
    void compares_numbers_above_127_by_value() {
        NewIssue asked = new NewIssue(
                "alert",
                1000L,
                null,
                null,
                null,
                false,
                null,
                null,
                List.of(),
                issue().subject(),
                issue().description(),
                List.of(),
                List.of());
        Issue issue = with(new Named(1000, "Alert"), null, null, null, issue().subject(), issue().description());

        assertThat(differences(asked, issue)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            "a\nb"  | "a\r\nb"
            "a\r\nb" | "a\r\nb"
            "a  "   | "a"
            "a\n"   | "a"
            "  a"   | "a"
            """)
    void takes_line_ends_and_blanks_at_the_ends_for_no_difference(String asked, String shown) {
        NewIssue issue = new NewIssue(
                "alert", null, null, null, null, false, null, null, List.of(), asked, asked, List.of(), List.of());

        assertThat(differences(issue, with(null, null, null, null, shown, shown)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a b", "a\r\n\r\nb"})
    void takes_other_blanks_for_a_difference(String shown) {
        assertThat(differences(
                        ASKED,
                        with(
                                issue().tracker(),
                                issue().status(),
                                issue().priority(),
                                issue().assignedTo(),
                                issue().subject(),
                                shown)))
                .containsExactly("description-changed");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void takes_an_empty_custom_field_for_an_empty_one(String shown) {
        NewIssue asked = new NewIssue(
                "alert",
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                List.of(),
                issue().subject(),
                issue().description(),
                List.of(new CustomFieldValue(11, "")),
                List.of());

        assertThat(differences(asked, withFields(new CustomField(11, "Monitor", shown))))
                .isEmpty();
        assertThat(differences(asked, withFields())).isEmpty();
    }

    @ParameterizedTest(name = "asked for {0}, shown {1}")
    @MethodSource
    void finds_the_one_value_among_those_of_a_field_that_takes_several(
            String asked, List<String> shown, boolean isAsAsked) {
        NewIssue issue = new NewIssue(
                "alert",
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                List.of(),
                issue().subject(),
                issue().description(),
                List.of(new CustomFieldValue(12, asked)),
                List.of());

        assertThat(differences(issue, withFields(new CustomField(12, "Tags", shown)))
                        .isEmpty())
                .isEqualTo(isAsAsked);
    }

    static Stream<Arguments> finds_the_one_value_among_those_of_a_field_that_takes_several() {
        return Stream.of(
                arguments("critical", List.of("critical"), true),
                arguments("", List.of(), true),
                arguments("", List.of(""), true),
                arguments("critical", List.of(), false),
                arguments("critical", List.of("warning"), false),
                arguments("critical", List.of("critical", "warning"), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>login</html>", "", "{}", "{\"user\":{}}", "null"})
    void takes_nothing_but_a_user_for_the_proof_of_a_key(String answer) {
        byte[] bytes = answer.getBytes(UTF_8);

        assertThatThrownBy(() -> answers.user(bytes, "/users/current.json")).isInstanceOf(TryAgainException.class);
        assertThatCode(() -> answers.user("{\"user\":{\"id\":5}}".getBytes(UTF_8), "/users/current.json"))
                .doesNotThrowAnyException();
    }
}
