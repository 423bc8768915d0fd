package faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import faults.SmallRedmine.Answer;
import faults.SmallRedmine.Asked;
import java.io.IOException;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All issues are read, however many there are, and what Redmine refuses is not overlooked. */
@Tag("fast")
final class RedmineTest {

    @Test
    void reads_every_page_of_issues_with_their_notes() throws Exception {
        try (SmallRedmine server = new SmallRedmine(RedmineTest::pages)) {
            assertThat(redmine(server).issues())
                    .allMatch(issue -> issue.has("journals"))
                    .extracting(issue -> issue.get("id").asInt())
                    .containsExactly(1, 101, 201);
            assertThat(server.asked()).extracting(Asked::key).containsOnly("admin");
        }
    }

    /** 201 issues on three pages; only the first of each is shown, which makes it quick. */
    private static Answer pages(Asked asked) {
        String list = "/issues.json?status_id=*&sort=id&limit=100&offset=";
        if (asked.path().startsWith(list)) {
            int first = Integer.parseInt(asked.path().substring(list.length())) + 1;
            return new Answer(200, "{\"total_count\":201,\"issues\":[{\"id\":" + first + "}]}");
        }
        String number = asked.path().replaceFirst("/issues/(\\d+)[.]json[?]include=journals,relations", "$1");
        return new Answer(200, "{\"issue\":{\"id\":" + number + ",\"journals\":[]}}");
    }

    @Test
    void throws_what_redmine_refuses() throws Exception {
        try (SmallRedmine server = new SmallRedmine(asked -> new Answer(422, ""))) {
            assertThatThrownBy(() -> redmine(server).send("DELETE", "/issues/7.json", null))
                    .isInstanceOf(IOException.class)
                    .hasMessage("DELETE /issues/7.json was answered with 422");
        }
    }

    @Test
    void throws_when_it_was_seeded_without_what_is_asked_for() {
        assertThatThrownBy(() -> new Redmine(new Properties()).id("field_level"))
                .hasMessage("Redmine was seeded without field_level");
    }

    private static Redmine redmine(SmallRedmine server) {
        Properties ids = new Properties();
        ids.put("url", "http://127.0.0.1:" + server.port());
        ids.put("key_admin", "admin");
        return new Redmine(ids);
    }
}
