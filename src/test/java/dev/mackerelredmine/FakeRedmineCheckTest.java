package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.RedmineVersion;
import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.redmine.check.Finding.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check says, also of what a real Redmine that others use cannot be made to show. */
@Tag("service")
final class FakeRedmineCheckTest extends CheckContract {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @Override
    FakeRedmine redmine() {
        return redmine;
    }

    @Test
    void only_reads_and_asks_with_creations_that_cannot_succeed() throws Exception {
        findings();

        assertThat(redmine.requests())
                .filteredOn(request -> !request.method().equals("GET"))
                .isNotEmpty()
                .allSatisfy(request -> {
                    assertThat(request.path()).endsWith("/issues.json");
                    assertThat(request.body()).containsPattern("\"subject\":\"(x{256,})?\"");
                });
        assertThat(redmine.issues()).isEmpty();
    }

    @Test
    void asks_with_a_change_that_cannot_succeed_where_there_is_a_ticket() throws Exception {
        ticket("New");
        List<FakeIssue> before = redmine.issues();
        with("redmine.tracker", "Alert");

        findings();

        assertThat(redmine.requests())
                .filteredOn(request -> request.method().equals("PUT"))
                .singleElement()
                .satisfies(request -> assertThat(request.body()).contains("\"subject\":\"\"", "\"lock_version\":-1"));
        assertThat(redmine.issues()).isEqualTo(before);
    }

    @Test
    void compares_redmines_clock_with_this_machines() throws Exception {
        assertIs(Verdict.OK, "clock of Redmine", "agrees with this machine's");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            none,        common_mark, OK,    does not show its own
            common_mark, common_mark, OK,    as in Redmine
            textile,     common_mark, WRONG, Set it to textile
            common_mark, markdown,    WRONG, no Markdown but CommonMark since 6.0. Set it to common_mark
            markdown,    markdown,    WRONG, 'set to markdown, which it does not have. Set CommonMark there'
            '',          common_mark, WRONG, without a text format
            """)
    void compares_the_text_format_with_redmines_own(String theirs, String ours, Verdict verdict, String text)
            throws Exception {
        redmine.showsTextFormat(theirs);
        with("redmine.text-format", ours);

        assertIs(verdict, "redmine.text-format", text);
    }

    @ParameterizedTest
    @CsvSource({"5.1.13, 5.1.", "6.0.5, 6.0.", "6.1.5, 6.1 or newer."})
    void tells_what_is_known_of_a_newer_version(String version, String found) throws Exception {
        FakeRedmine newer = new FakeRedmine(new RedmineVersion(version));
        with("redmine.url", newer.url()).with("redmine.apikey", newer.apiKey());

        assertIs(Verdict.OK, "version of Redmine", found + " Redmine mails people's notes", "No events");
        newer.end();
    }

    @Test
    void tells_what_is_known_of_a_version_without_a_login_page() throws Exception {
        FakeRedmine newer = new FakeRedmine(new RedmineVersion("5.1.13")).withoutLoginPage();
        with("redmine.url", newer.url()).with("redmine.apikey", newer.apiKey());

        assertIs(Verdict.OK, "version of Redmine", "5.1 or newer, as it shows no login page");
        newer.end();
    }

    @Test
    void asks_nothing_twice() throws Exception {
        findings();

        assertThat(redmine.requests())
                .extracting(request -> request.path() + "?" + request.query() + request.body())
                .doesNotHaveDuplicates();
    }

    @Test
    void names_a_rest_api_that_is_off() throws Exception {
        redmine.enqueueFailure(403, "");

        assertThat(findings())
                .filteredOn(Finding::isWrong)
                .singleElement()
                .asString()
                .startsWith("REST API: is off")
                .contains("Enable REST web service");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | <html>Welcome</html>      | answers, but not as Redmine's API does
            200 | {"hello":"world"}         | answers, but not as Redmine's API does
            404 | <html>Not Found</html>    | answers with 404
            502 | <html>Bad Gateway</html>  | check again later
            """)
    void names_an_address_at_which_something_else_answers(int status, String body, String text) throws Exception {
        redmine.enqueueFailure(status, body);

        assertThat(findings().get(0).text()).contains(text);
        assertThat(findings()).hasSizeGreaterThan(1);
    }

    @Test
    void names_where_a_redirect_leads_to() throws Exception {
        redmine.enqueueFailure(
                301, "", Map.of("Location", "https://redmine.example.jp/users/current.json?include=memberships"));

        assertThat(findings().get(0).text()).contains("It leads to https://redmine.example.jp: set the address");
    }

    @Test
    void says_of_a_line_that_redmine_did_not_answer_that_it_could_not_be_looked_at() throws Exception {
        redmine.answerNormally().answerNormally().answerNormally().enqueueFailure(500, "");

        assertThat(findings())
                .filteredOn(Finding::isWrong)
                .isNotEmpty()
                .allSatisfy(finding ->
                        assertThat(finding.text()).contains("could not be checked", "was answered with 500"));
    }

    @Test
    void notes_what_only_a_ticket_will_show() throws Exception {
        assertThat(findings())
                .filteredOn(finding -> finding.verdict() == Verdict.NOTE)
                .extracting(Finding::subject)
                .contains("closing a ticket", "reopening a ticket");
    }
}
