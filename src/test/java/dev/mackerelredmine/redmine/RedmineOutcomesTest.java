package dev.mackerelredmine.redmine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class RedmineOutcomesTest {

    private static final String PATH = "/projects/alert/issues.json";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final RedmineOutcomes outcomes = new RedmineOutcomes(Clock.fixed(NOW, ZoneOffset.UTC));

    private enum Kind {
        PASSES,
        TRY_AGAIN,
        SEND_AGAIN,
        LOOK_UP_FIRST_BUT_REDMINE_IS_DONE,
        LOOK_UP_FIRST_WHEN_SETTLED,
        LOOK_UP_FIRST_REDMINE_FAILED,
        LOOK_UP_FIRST_THEN_SEND_LESS,
        REFUSED,
        INVALID,
        PARKED;

        static Kind of(Throwable thrown) {
            if (thrown == null) {
                return PASSES;
            }
            if (thrown instanceof LookUpFirstException lookUp) {
                return switch (lookUp.request()) {
                    case MAY_RUN -> LOOK_UP_FIRST_WHEN_SETTLED;
                    case IS_OVER -> LOOK_UP_FIRST_BUT_REDMINE_IS_DONE;
                    case FAILED -> LOOK_UP_FIRST_REDMINE_FAILED;
                    case REFUSED -> LOOK_UP_FIRST_THEN_SEND_LESS;
                };
            }
            if (thrown instanceof SendAgainException) {
                return SEND_AGAIN;
            }
            if (thrown instanceof TryAgainException) {
                return TRY_AGAIN;
            }
            if (thrown instanceof InvalidException) {
                return INVALID;
            }
            return thrown instanceof RefusedException ? REFUSED : PARKED;
        }
    }

    private Throwable thrownFor(String method, int status, String retryAfter, String body) {
        return catchThrowable(() -> outcomes.ofStatus(method, PATH, status, retryAfter, body.getBytes(UTF_8)));
    }

    private Throwable thrownFor(int status, String body) {
        return thrownFor("POST", status, null, body);
    }

    @ParameterizedTest(name = "{0} answered with {1}: {2}")
    @MethodSource
    void knows_what_to_do_about_every_status(String method, int status, Kind kind) {
        assertThat(Kind.of(thrownFor(method, status, null, "{\"errors\":[\"Subject cannot be blank\"]}")))
                .isEqualTo(kind);
    }

    static Stream<Arguments> knows_what_to_do_about_every_status() {
        return Stream.of(
                        row("POST", 100, 199, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 200, 200, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 201, 201, Kind.PASSES),
                        row("POST", 202, 299, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 300, 399, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 400, 400, Kind.LOOK_UP_FIRST_THEN_SEND_LESS),
                        row("POST", 401, 401, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 402, 406, Kind.LOOK_UP_FIRST_THEN_SEND_LESS),
                        row("POST", 407, 409, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 410, 421, Kind.LOOK_UP_FIRST_THEN_SEND_LESS),
                        row("POST", 422, 422, Kind.INVALID),
                        row("POST", 423, 423, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 424, 424, Kind.LOOK_UP_FIRST_THEN_SEND_LESS),
                        row("POST", 425, 425, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 426, 428, Kind.LOOK_UP_FIRST_THEN_SEND_LESS),
                        row("POST", 429, 429, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 430, 499, Kind.LOOK_UP_FIRST_THEN_SEND_LESS),
                        row("POST", 500, 500, Kind.LOOK_UP_FIRST_REDMINE_FAILED),
                        row("POST", 501, 501, Kind.LOOK_UP_FIRST_BUT_REDMINE_IS_DONE),
                        row("POST", 502, 502, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 503, 503, Kind.LOOK_UP_FIRST_BUT_REDMINE_IS_DONE),
                        row("POST", 504, 504, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("POST", 505, 505, Kind.LOOK_UP_FIRST_BUT_REDMINE_IS_DONE),
                        row("POST", 506, 599, Kind.LOOK_UP_FIRST_WHEN_SETTLED),
                        row("GET", 100, 199, Kind.REFUSED),
                        row("GET", 200, 299, Kind.PASSES),
                        row("GET", 300, 399, Kind.REFUSED),
                        row("GET", 400, 400, Kind.TRY_AGAIN),
                        row("GET", 401, 401, Kind.REFUSED),
                        row("GET", 402, 402, Kind.TRY_AGAIN),
                        row("GET", 403, 403, Kind.REFUSED),
                        row("GET", 404, 404, Kind.PARKED),
                        row("GET", 405, 406, Kind.TRY_AGAIN),
                        row("GET", 407, 407, Kind.REFUSED),
                        row("GET", 408, 421, Kind.TRY_AGAIN),
                        row("GET", 422, 422, Kind.INVALID),
                        row("GET", 423, 499, Kind.TRY_AGAIN),
                        row("GET", 500, 599, Kind.TRY_AGAIN))
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> row(String method, int from, int to, Kind kind) {
        return IntStream.rangeClosed(from, to).mapToObj(status -> arguments(method, status, kind));
    }

    @Test
    void leaves_no_status_out_of_that_table() {
        for (String method : new String[] {"GET", "POST"}) {
            assertThat(knows_what_to_do_about_every_status()
                            .filter(row -> row.get()[0].equals(method))
                            .map(row -> row.get()[1]))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(100, 599).boxed().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 307, 400, 401, 403, 404, 406, 413, 422, 429, 500, 502, 503, 504})
    void takes_an_upload_for_no_more_than_a_question_because_by_itself_it_shows_nowhere(int status) {
        String path = "/uploads.json";
        byte[] body = "{\"errors\":[\"too large\"]}".getBytes(UTF_8);

        assertThat(Kind.of(catchThrowable(() -> outcomes.ofStatus("POST", path, status, null, body))))
                .isEqualTo(Kind.of(catchThrowable(() -> outcomes.ofStatus("GET", path, status, null, body))));
        assertThat(Kind.of(outcomes.ofFailure("POST", path, new EOFException())))
                .isEqualTo(Kind.SEND_AGAIN);
        assertThat(Kind.of(outcomes.ofUnreadableAnswer("POST", path, new EOFException())))
                .isEqualTo(Kind.TRY_AGAIN);
    }

    @ParameterizedTest(name = "PUT answered with {0} and \"{1}\": {2}")
    @CsvSource({
        "204, '', PASSES",
        "204, <html>, LOOK_UP_FIRST_WHEN_SETTLED",
        "200, '', LOOK_UP_FIRST_WHEN_SETTLED",
        "200, <html>Sign in</html>, LOOK_UP_FIRST_WHEN_SETTLED",
        "202, '', LOOK_UP_FIRST_WHEN_SETTLED"
    })
    void believes_only_what_redmine_answers_to_a_change(int status, String body, Kind kind) {
        assertThat(Kind.of(thrownFor("PUT", status, null, body))).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Sign in</html>", "[]", "\"text\""})
    void does_not_believe_a_creation_without_json(String body) {
        assertThat(Kind.of(thrownFor("POST", 201, null, body))).isEqualTo(Kind.LOOK_UP_FIRST_WHEN_SETTLED);
    }

    @Test
    void tells_an_issue_that_is_not_there_from_one_that_may_not_be_seen_and_from_a_missing_project() {
        String issue = "/issues/5.json";

        assertThatThrownBy(() -> outcomes.ofStatus("GET", issue, 404, null, null))
                .isInstanceOf(NoSuchIssueException.class);
        assertThatThrownBy(() -> outcomes.ofStatus("GET", issue, 403, null, null))
                .isExactlyInstanceOf(ParkedException.class)
                .hasMessageContaining("private");
        assertThat(thrownFor("GET", 404, null, "")).isExactlyInstanceOf(ParkedException.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {400, 403, 404, 410, 422})
    void takes_a_web_page_for_the_answer_of_something_in_front_of_redmine(int status) {
        String page = "<html><title>Request blocked</title></html>";

        assertThat(Kind.of(thrownFor("GET", status, null, page))).isEqualTo(Kind.TRY_AGAIN);
        assertThat(Kind.of(thrownFor("POST", status, null, page))).isEqualTo(Kind.LOOK_UP_FIRST_THEN_SEND_LESS);
        assertThat(thrownFor(status, page)).hasMessageContaining("in front of Redmine");
    }

    @ParameterizedTest(name = "{0}: POST {1}, GET {2}")
    @MethodSource
    void knows_what_to_do_when_there_is_no_answer(IOException failure, Kind whenPosted, Kind whenRead) {
        assertThat(Kind.of(catchThrowable(() -> outcomes.throwFor("POST", PATH, failure))))
                .isEqualTo(whenPosted);
        assertThat(Kind.of(catchThrowable(() -> outcomes.throwFor("GET", PATH, failure))))
                .isEqualTo(whenRead);
    }

    static Stream<Arguments> knows_what_to_do_when_there_is_no_answer() {
        return Stream.of(
                arguments(new HttpHostConnectException("Connection refused"), Kind.SEND_AGAIN, Kind.SEND_AGAIN),
                arguments(new ConnectException("Connection refused"), Kind.SEND_AGAIN, Kind.SEND_AGAIN),
                arguments(new ConnectTimeoutException("Connect timed out"), Kind.SEND_AGAIN, Kind.SEND_AGAIN),
                arguments(new ConnectionRequestTimeoutException("Timeout deadline"), Kind.SEND_AGAIN, Kind.SEND_AGAIN),
                arguments(new UnknownHostException("redmine"), Kind.SEND_AGAIN, Kind.SEND_AGAIN),
                arguments(new NoRouteToHostException("No route to host"), Kind.SEND_AGAIN, Kind.SEND_AGAIN),
                arguments(
                        new SocketTimeoutException("Read timed out"), Kind.LOOK_UP_FIRST_WHEN_SETTLED, Kind.SEND_AGAIN),
                arguments(new SocketException("Connection reset"), Kind.LOOK_UP_FIRST_WHEN_SETTLED, Kind.SEND_AGAIN),
                arguments(
                        new NoHttpResponseException("failed to respond"),
                        Kind.LOOK_UP_FIRST_WHEN_SETTLED,
                        Kind.SEND_AGAIN),
                arguments(new EOFException(), Kind.LOOK_UP_FIRST_WHEN_SETTLED, Kind.SEND_AGAIN),
                arguments(new ConnectionClosedException(), Kind.LOOK_UP_FIRST_WHEN_SETTLED, Kind.SEND_AGAIN),
                arguments(new MalformedChunkCodingException(), Kind.LOOK_UP_FIRST_WHEN_SETTLED, Kind.SEND_AGAIN),
                arguments(new TruncatedChunkException("cut off"), Kind.LOOK_UP_FIRST_WHEN_SETTLED, Kind.SEND_AGAIN),
                arguments(new SSLException("closed"), Kind.LOOK_UP_FIRST_WHEN_SETTLED, Kind.SEND_AGAIN),
                arguments(new SSLHandshakeException("PKIX path building failed"), Kind.REFUSED, Kind.REFUSED),
                arguments(new SSLPeerUnverifiedException("does not match"), Kind.REFUSED, Kind.REFUSED));
    }

    @Test
    void says_which_call_failed_and_why_and_keeps_the_cause() {
        IOException failure = new SocketTimeoutException("Read timed out");

        assertThatThrownBy(() -> outcomes.throwFor("POST", PATH, failure))
                .hasMessage(
                        "POST /projects/alert/issues.json failed: Read timed out; Redmine may have done it all the same")
                .hasCause(failure);
    }

    @Test
    void names_a_failure_that_says_nothing() {
        assertThatThrownBy(() -> outcomes.throwFor("GET", PATH, new EOFException()))
                .hasMessage("GET /projects/alert/issues.json failed: EOFException");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"401, redmine.apikey", "404, redmine.project", "302, redmine.url", "403, REST web service"})
    void says_what_to_check(int status, String advice) {
        assertThat(thrownFor(status, ""))
                .hasMessageContaining("POST " + PATH + " was answered with " + status)
                .hasMessageContaining(advice);
    }

    @Test
    void tells_redmines_own_reasons_for_never_taking_it() {
        assertThat(thrownFor(422, "{\"errors\":[\"題名 を入力してください\",\"Tracker cannot be blank\"]}"))
                .hasMessage(
                        "POST /projects/alert/issues.json was answered with 422: 題名 を入力してください; Tracker cannot be blank");
    }

    @Test
    void tries_again_when_redmine_gives_an_empty_list_of_reasons_because_that_is_a_conflict() {
        assertThat(Kind.of(thrownFor(422, "{\"errors\":[]}"))).isEqualTo(Kind.TRY_AGAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "<html>Unprocessable</html>",
                "{\"errors\":[\"cut o",
                "{\"errors\":null}",
                "{\"errors\":\"text\"}"
            })
    void takes_a_422_without_a_list_of_reasons_for_the_answer_of_something_else(String body) {
        assertThat(Kind.of(thrownFor(422, body))).isEqualTo(Kind.LOOK_UP_FIRST_THEN_SEND_LESS);
    }

    @Test
    void takes_a_422_without_a_body_for_the_answer_of_something_else() {
        assertThat(Kind.of(catchThrowable(() -> outcomes.ofStatus("POST", PATH, 422, null, null))))
                .isEqualTo(Kind.LOOK_UP_FIRST_THEN_SEND_LESS);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {302, 400, 401, 403, 404, 418, 429, 500, 502, 503})
    void never_repeats_a_body(int status) {
        assertThat(thrownFor(status, "{\"errors\":[\"s3cret\"],\"x\":\"s3cret\"}")
                        .getMessage())
                .doesNotContain("s3cret");
    }

    @Test
    void repeats_of_a_422_nothing_but_the_reasons() {
        assertThat(thrownFor(422, "{\"errors\":[\"Status is invalid\"],\"issue\":\"s3cret\"}")
                        .getMessage())
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r\\n", "\\t", "\\u0000", "\\u001b", "\\u0085", "\\u2028", "\\u2029"})
    void tells_reasons_in_one_line(String escaped) {
        assertThat(thrownFor(422, "{\"errors\":[\"a" + escaped + "b\"]}")).hasMessageEndingWith(": a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u0085", "\u2028"})
    void tells_a_failure_in_one_line(String end) {
        assertThatThrownBy(() -> outcomes.throwFor("GET", PATH, new IOException("a" + end + "b")))
                .hasMessageEndingWith(": a b");
    }

    @Test
    void shortens_a_long_reason() {
        assertThat(thrownFor(422, "{\"errors\":[\"" + "long ".repeat(1000) + "\"]}")
                        .getMessage())
                .hasSizeLessThan(400)
                .endsWith("…");
    }

    @Test
    void shortens_many_reasons() {
        assertThat(thrownFor(422, "{\"errors\":[" + "\"Some reason\",".repeat(1000) + "\"last\"]}")
                        .getMessage())
                .hasSizeLessThan(400)
                .endsWith("…");
    }

    @Test
    void shortens_a_long_failure() {
        assertThat(catchThrowable(() -> outcomes.throwFor("GET", PATH, new IOException("long ".repeat(1000))))
                        .getMessage())
                .hasSizeLessThan(400)
                .endsWith("…");
    }

    @Test
    void shortens_between_characters() {
        String message =
                thrownFor(422, "{\"errors\":[\"x" + "😀".repeat(400) + "\"]}").getMessage();

        assertThat(message.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    @Test
    void repeats_nothing_of_what_it_could_not_read() {
        IOException unreadable = new JsonParseException(null, "Unrecognized token 's3cret'");

        assertThat(outcomes.ofUnreadableAnswer("POST", PATH, unreadable).getMessage())
                .doesNotContain("s3cret");
    }

    @Test
    void takes_an_unreadable_answer_to_a_post_for_an_unclear_outcome() {
        assertThat(Kind.of(outcomes.ofUnreadableAnswer("POST", PATH, new IOException())))
                .isEqualTo(Kind.LOOK_UP_FIRST_WHEN_SETTLED);
    }

    @Test
    void reads_again_what_was_answered_with_something_unreadable() {
        assertThat(Kind.of(outcomes.ofUnreadableAnswer("GET", PATH, new IOException())))
                .isEqualTo(Kind.TRY_AGAIN);
    }

    @Test
    void parks_an_alert_whose_ticket_was_moved_to_where_we_may_not_see_it() {
        assertThatThrownBy(() -> outcomes.ofStatus("GET", "/issues/42.json", 403, null, new byte[0]))
                .isInstanceOf(ParkedException.class)
                .hasMessageContaining("Give that user a role there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"31536000", "Fri, 26 Nov 2027 10:00:00 GMT"})
    void keeps_no_wait_of_more_than_an_hour(String retryAfter) {
        assertThatThrownBy(() -> outcomes.ofStatus("GET", PATH, 503, retryAfter, new byte[0]))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        failure -> assertThat(failure.notBefore()).contains(NOW.plusSeconds(3600)));
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            0                             | 2026-11-22T10:00:00Z
            120                           | 2026-11-22T10:02:00Z
            Sun, 22 Nov 2026 10:05:00 GMT | 2026-11-22T10:05:00Z
            Sat, 21 Nov 2026 10:05:00 GMT | 2026-11-21T10:05:00Z
            """)
    void waits_as_long_as_redmine_asks_for(String retryAfter, Instant notBefore) {
        assertThat(notBefore(429, retryAfter)).isEqualTo(notBefore);
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @NullSource
    @ValueSource(
            strings = {
                "",
                "soon",
                "-5",
                "1.5",
                "1e3",
                "９",
                "Sun, 22 Nov 2026",
                "Mon, 22 Nov 2026 10:05:00 GMT",
                "99999999999999999999"
            })
    void waits_as_usual_where_it_does_not_understand_for_how_long(String retryAfter) {
        assertThat(notBefore(429, retryAfter)).isNull();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"POST, 429", "POST, 500", "POST, 503", "GET, 429", "GET, 503"})
    void waits_as_long_as_asked_for_after_every_status_that_is_tried_again(String method, int status) {
        assertThat(((DeliveryException) thrownFor(method, status, "120", "")).notBefore())
                .contains(NOW.plusSeconds(120));
    }

    private Instant notBefore(int status, String retryAfter) {
        return ((DeliveryException) thrownFor("POST", status, retryAfter, ""))
                .notBefore()
                .orElse(null);
    }
}
