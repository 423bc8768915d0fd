package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is posted, it is kept as a notification or refused with a reason; it steers nothing, and all goes on. */
@Tag("service")
class UntrustedPostTest {

    private static final int MOST_BYTES = 1 << 20;

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = DeliverTest.deliveringTo(REDMINE, folder).start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void all_goes_on() throws Exception {
        assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(202);
    }

    private static HttpRequest.Builder post() {
        return HttpRequest.newBuilder(service.webhook())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(critical().id("2bjUntrusted").bytes()));
    }

    private static void refuses(int status, byte[] body, String why) throws Exception {
        long before = service.count("event");

        HttpResponse<String> answer = service.post(body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .contains("\"status\":" + status, why)
                .hasSizeLessThan(400)
                .doesNotContain("Exception", "\tat ");
        assertThat(service.count("event")).isEqualTo(before);
    }

    // --- the body

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses_a_body_that_is_made_to_hurt(String what, String body, String why) throws Exception {
        refuses(400, body.replace('\'', '"').getBytes(UTF_8), why);
    }

    static Stream<Arguments> refuses_a_body_that_is_made_to_hurt() {
        return Stream.of(
                arguments("depth of arrays", "[".repeat(100_000), "nesting depth (101)"),
                arguments("depth of objects", "{'a':".repeat(100_000), "nesting depth (101)"),
                arguments("long integer", "{'a':" + "9".repeat(1_000_000) + "}", "Number value length"),
                arguments("long fraction", "{'a':0." + "9".repeat(1_000_000) + "}", "Number value length"),
                arguments("exponent", "{'alert':{'status':'ok','openedAt':1e999999999}}", "out of range"),
                arguments("long name", "{'" + "a".repeat(1_000_000) + "':1}", "Name length"),
                arguments("many values", "{'a':[" + "0,".repeat(500_000) + "0]}", "Token count"),
                arguments("many objects", "{'a':[" + "{},".repeat(300_000) + "{}]}", "Token count"),
                arguments("NaN", "{'event':NaN}", "NaN"),
                arguments("infinity", "{'event':-Infinity}", "Infinity"),
                arguments("zero byte", "{'event':'a\u0000b'}", "CTRL-CHAR"),
                arguments("escape", "{'event':'\u001b[2J'}", "CTRL-CHAR"));
    }

    @Test
    void refuses_utf_16() throws Exception {
        refuses(400, "{\"event\":\"sample\"}".getBytes(UTF_16), "not UTF-8");
    }

    @Test
    void refuses_what_is_no_utf_8() throws Exception {
        refuses(400, new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', '}'}, "not UTF-8: byte 2");
    }

    @Test
    void takes_the_last_of_a_field_that_comes_twice() throws Exception {
        HttpResponse<String> answer = service.post("{\"event\":\"one\",\"event\":\"other\"}".getBytes(UTF_8));

        assertThat(answer.body()).isEqualTo("{\"event\":\"other\"}");
    }

    @Test
    void reads_past_a_byte_order_mark() throws Exception {
        assertThat(service.post("\uFEFF{\"event\":\"marked\"}".getBytes(UTF_8)).statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\u0000", "\\ud800", "\\udfff\\ud800", "\\u001b[2J", "${bean:settings}", "{{redmine.apikey}}"})
    void makes_a_ticket_of_whatever_an_alert_says(String said) throws Exception {
        String id = "2bj" + Integer.toHexString(said.hashCode());
        String alert = new String(critical().id(id).monitor("monitor of " + id).bytes(), UTF_8)
                .replace("monitor of " + id, "monitor of " + id + " " + said);
        assertThat(service.post(alert.getBytes(UTF_8)).statusCode()).isEqualTo(202);

        await().atMost(Duration.ofSeconds(15))
                .until(() -> REDMINE.issues().stream()
                        .anyMatch(issue -> issue.subject().contains("monitor of " + id)
                                && !issue.description().contains(REDMINE.apiKey())));
    }

    @Test
    void refuses_what_is_too_large_before_it_is_sent() throws Exception {
        String answer = raw("POST /mackerel HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + (MOST_BYTES + 1) + "\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json", "\"status\":413", "server.max-body-size");
    }

    @Test
    void refuses_what_turns_out_to_be_too_large() throws Exception {
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";

        String answer = raw(
                "POST /mackerel HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(17) + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"status\":413");
    }

    @Test
    void refuses_what_is_compressed() throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(critical().memo("x".repeat(100 * MOST_BYTES)).bytes());
        }

        assertThat(service.send(HttpRequest.newBuilder(service.webhook())
                                .header("Content-Type", "application/json")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(compressed.toByteArray()))
                                .build())
                        .statusCode())
                .isEqualTo(415);
        refuses(400, compressed.toByteArray(), "not UTF-8");
    }

    @Test
    void refuses_another_charset() throws Exception {
        assertThat(service.post(
                                "application/json; charset=Shift_JIS",
                                critical().bytes())
                        .statusCode())
                .isEqualTo(415);
    }

    // --- the head

    /** Sends it, as far as it is taken, and answers all that comes until the server ends the connection. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", service.webhook().getPort())) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(request.getBytes(UTF_8));
            } catch (SocketException enough) {
                // the answer is there already
            }
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelHttpUri",
                "cAMELhTTPuRI",
                "CamelHttpMethod",
                "camelhttpmethod",
                "CAMELHTTPPATH",
                "CamelHttpQuery",
                "camelHttpRawQuery",
                "CamelHttpResponseCode",
                "CamelFileName",
                "org.apache.camel.test",
                "X-Redmine-Switch-User",
                "X-Redmine-API-Key",
                "Host-Of-Nobody"
            })
    void is_steered_by_no_header(String name) throws Exception {
        // What an earlier post asks of Redmine is not to be taken for what this one does.
        await().atMost(Duration.ofSeconds(15)).until(service::isIdle);
        int before = REDMINE.requests().size();

        HttpResponse<String> answer = service.send(post().POST(BodyPublishers.ofByteArray(
                        critical().id("2bj" + name).monitor(name).bytes()))
                .header(name, "299")
                .build());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().map().keySet()).containsOnly("content-type", "transfer-encoding");
        await().atMost(Duration.ofSeconds(15)).until(() -> REDMINE.requests().size() == before + 1);
        assertThat(REDMINE.requests().get(before)).satisfies(request -> {
            assertThat(request.method() + " " + request.path()).isEqualTo("POST /projects/alert/issues.json");
            assertThat(request.query()).isNull();
            assertThat(request.headers().toString()).doesNotContain("299");
        });
    }

    @Test
    void makes_no_line_of_the_log_from_a_request() throws Exception {
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine", Level.WARN)) {
            raw("POST /mackerel?forged=forged HTTP/1.1\r\nHost: forged\r\nX-Forged: forged\r\nConnection: close\r\n"
                    + "Content-Type: application/json; charset=forged\r\nContent-Length: 2\r\n\r\n{}");

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("415")
                    .doesNotContain("forged");
        }
    }

    @Test
    void refuses_a_head_that_is_too_large() throws Exception {
        assertThat(raw("POST /mackerel HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(100_000) + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(raw("POST /mackerel HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(100_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void says_nothing_of_a_sender_that_hangs_up() throws Exception {
        double before = hungUp();
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine", Level.WARN)) {
            try (Socket socket = new Socket("127.0.0.1", service.webhook().getPort())) {
                socket.getOutputStream()
                        .write(
                                "POST /mackerel HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
                                        .getBytes(UTF_8));
            }
            await().until(() -> hungUp() == before + 1);

            assertThat(log.messages()).isEmpty();
        }
    }

    private static double hungUp() throws Exception {
        return Scrape.of(service).value("posts_total{status=\"hung-up\"}");
    }
}
