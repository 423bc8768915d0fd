package dev.mackerelredmine.webhook.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
final class ApiKeysTest {

    private static final String OLD = "old-key-0123456789abcdef";
    private static final String NEW = "new-key-0123456789abcdef";

    private final List<Integer> used = new CopyOnWriteArrayList<>();
    private final GateServer server = new GateServer(new ApiKeys(List.of(OLD, NEW), used::add));

    @AfterEach
    void stop() {
        server.close();
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private void refuses(String... headers) throws Exception {
        assertThat(server.post(headers).statusCode()).isEqualTo(401);
        assertThat(used).isEmpty();
    }

    @Test
    void lets_in_who_shows_a_key_in_the_header() throws Exception {
        assertThat(server.post("x-api-key", OLD).statusCode()).isEqualTo(202);
        assertThat(server.post("X-API-KEY", NEW).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mackerel", "", "anybody"})
    void lets_in_who_shows_a_key_as_the_password_of_any_user(String user) throws Exception {
        assertThat(server.post("Authorization", basic(user + ":" + NEW)).statusCode())
                .isEqualTo(202);
    }

    @Test
    void takes_basic_in_any_case() throws Exception {
        String authorization = basic("mackerel:" + OLD).replace("Basic ", "bASIC  ");

        assertThat(server.post("Authorization", authorization).statusCode()).isEqualTo(202);
    }

    @Test
    void takes_the_right_one_of_two_that_are_shown() throws Exception {
        assertThat(server.post("x-api-key", "of-something-before-us", "Authorization", basic("mackerel:" + OLD))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void tells_which_key_was_used_and_nothing_else_of_it() throws Exception {
        server.post("x-api-key", NEW);
        server.post("x-api-key", OLD);
        server.post("x-api-key", "neither-of-them-0123456789");

        assertThat(used).containsExactly(2, 1);
    }

    @Test
    void refuses_who_shows_no_key_with_a_challenge() throws Exception {
        HttpResponse<String> answer = server.post();

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"mackerel-redmine\", charset=\"UTF-8\"");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":401", "x-api-key", "https://mackerel:KEY@HOST/mackerel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wrong-key-0123456789abcdef",
                "",
                "old-key-0123456789abcde",
                "old-key-0123456789abcdef0",
                "OLD-KEY-0123456789ABCDEF",
                "old-key-0123456789abcdef,new-key-0123456789abcdef",
                "*"
            })
    void refuses_what_is_no_key(String key) throws Exception {
        refuses("x-api-key", key);
        refuses("Authorization", basic("mackerel:" + key));
    }

    @Test
    void refuses_a_key_in_the_wrong_place() throws Exception {
        refuses("Authorization", OLD);
        refuses("Authorization", "Bearer " + OLD);
        refuses("Authorization", basic(OLD));
        refuses("Authorization", basic(OLD + ":"));
        refuses("Authorization", "Basic " + OLD);
        refuses("Authorization", "Basic");
        refuses("Cookie", "x-api-key=" + OLD);
    }

    @Test
    void refuses_a_key_in_the_query() throws Exception {
        assertThat(server.post("?x-api-key=" + OLD + "&api-key=" + OLD + "&key=" + OLD, new String[0])
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void repeats_nothing_of_what_was_shown() throws Exception {
        HttpResponse<String> answer = server.post("x-api-key", "nearly-" + OLD);

        assertThat(answer.body() + answer.headers()).doesNotContain("nearly", OLD);
    }

    @Test
    void lets_everybody_in_where_there_is_no_key() throws Exception {
        try (GateServer open = new GateServer(new ApiKeys(List.of(), used::add))) {
            assertThat(open.post().statusCode()).isEqualTo(202);
            assertThat(used).isEmpty();
        }
    }
}
