package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.RedmineCaller.Reply;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Redmine does on a MySQL or MariaDB whose texts are utf8mb3, and others do not: held to the fake one and to a real one. */
abstract class Utf8mb3Contract {

    private static final String CREATE = "/projects/alert/issues.json";

    private final String mark = "utf8mb3-" + UUID.randomUUID();

    abstract TestRedmine redmine();

    final String url() {
        return redmine().url();
    }

    final String id(String name) {
        return redmine().id(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject", "description", "custom field"})
    void a_creation_with_a_character_beyond_u_ffff_takes_no_effect_and_is_answered_with_500(String where) {
        Reply reply = bot().post(CREATE, issue(where, mark + " \uD83D\uDD25"));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(issues()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject", "description", "custom field"})
    void a_creation_with_what_stands_for_it_is_done(String where) {
        Reply reply = bot().post(CREATE, issue(where, mark + " \uFFFD 障害"));

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.text()).contains(mark + " \uFFFD 障害");
        assertThat(issues()).isOne();
    }

    @Test
    void a_note_with_a_character_beyond_u_ffff_takes_no_effect_and_is_answered_with_500() {
        int issue = bot().post(CREATE, issue("subject", mark))
                .json()
                .at("/issue/id")
                .asInt();
        String path = "/issues/" + issue + ".json";

        assertThat(bot().put(path, Map.of("notes", "\uD83D\uDD25", "subject", mark + " as well"))
                        .status())
                .isEqualTo(500);
        JsonNode seen = bot().get(path + "?include=journals").json().path("issue");
        assertThat(seen.path("journals")).isEmpty();
        assertThat(seen.path("subject").asText()).isEqualTo(mark);
    }

    private RedmineCaller bot() {
        return new RedmineCaller(url(), id("key_bot"));
    }

    private Map<String, ?> issue(String where, String text) {
        return switch (where) {
            case "custom field" ->
                Map.of(
                        "subject",
                        mark,
                        "custom_fields",
                        List.of(Map.of("id", Integer.parseInt(id("field_alert_id")), "value", text)));
            case "description" -> Map.of("subject", mark, "description", text);
            default -> Map.of("subject", text);
        };
    }

    private int issues() {
        return bot().get("/issues.json?f[]=subject&op[subject]=~&v[subject][]=" + mark)
                .json()
                .path("total_count")
                .asInt();
    }
}
