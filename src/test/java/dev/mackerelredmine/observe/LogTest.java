package dev.mackerelredmine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a line of the log looks like, in both forms. */
@Tag("fast")
final class LogTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ ";
    private static final Map<String, String> ALERT = Map.of("alert", "example/2bj7ZsQ4bYh");
    private static final Map<String, String> TICKET = Map.of("alert", "example/2bj7ZsQ4bYh", "issue", "42");

    private static LoggerContext log;

    /** One of its own: the log of the other tests is left as it is. */
    @BeforeAll
    static void read() throws Exception {
        log = new LoggerContext(
                "the service's",
                null,
                LogTest.class.getResource("/log4j2.properties").toURI());
        log.start();
    }

    @AfterAll
    static void close() {
        log.close();
    }

    private static String logged(String form, Log4jLogEvent.Builder event, Map<String, String> context) {
        Log4jLogEvent complete = event.setLoggerName("dev.mackerelredmine.routes")
                .setLevel(Level.WARN)
                .setTimeMillis(System.currentTimeMillis())
                .setContextData(new SortedArrayStringMap(context))
                .build();
        return new String(log.getConfiguration().getAppender(form).getLayout().toByteArray(complete));
    }

    private static Log4jLogEvent.Builder saying(String message) {
        return Log4jLogEvent.newBuilder().setMessage(new SimpleMessage(message));
    }

    private static JsonNode json(Log4jLogEvent.Builder event, Map<String, String> context) throws Exception {
        String line = logged("json", event, context);
        assertThat(line).containsPattern("^[^\\r\\n]+\\R$");
        return JsonMapper.builder().build().readTree(line);
    }

    @Test
    void a_plain_line_is_time_level_and_message() {
        assertThat(logged("plain", saying("Redmine is away"), Map.of())).matches(TIME + "WARN  Redmine is away\\R");
    }

    @Test
    void a_plain_line_names_its_alert_and_ticket_at_its_end() {
        assertThat(logged("plain", saying("Not delivered"), TICKET))
                .matches(TIME + "WARN  Not delivered \\[alert example/2bj7ZsQ4bYh, #42\\]\\R");
    }

    @Test
    void a_plain_line_names_its_alert_where_there_is_no_ticket_yet() {
        assertThat(logged("plain", saying("Not delivered"), ALERT))
                .matches(TIME + "WARN  Not delivered \\[alert example/2bj7ZsQ4bYh\\]\\R");
    }

    @Test
    void a_plain_line_that_begins_with_its_alert_does_not_name_it_twice() {
        assertThat(logged("plain", saying("Alert example/2bj7ZsQ4bYh: ticket #42 created"), TICKET))
                .matches(TIME + "WARN  Alert example/2bj7ZsQ4bYh: ticket #42 created\\R");
    }

    @Test
    void a_line_break_in_a_message_makes_no_new_line() {
        assertThat(logged("plain", saying("CPU\r\n2026-11-20T00:00:00.000Z ERROR forged\nand\rmore"), Map.of()))
                .matches(TIME + "WARN  CPU\\\\r\\\\n2026-11-20T00:00:00.000Z ERROR forged\\\\nand\\\\rmore\\R");
    }

    /** By ESC, or by the one character that stands for ESC and [, a terminal is made to forget a line, or to show another. */
    @Test
    void what_steers_a_terminal_is_made_harmless() {
        String said = "CPU\u001b[2K\u009b1A\u0000\b\u007f\t監視";
        String shown = "CPU?[2K?1A???\t監視";

        assertThat(logged("plain", saying(said), Map.of("alert", "example/2bj\u001b")))
                .matches(TIME + Pattern.quote("WARN  " + shown + " [alert example/2bj?]") + "\\R");
        assertThat(logged("plain", saying(said).setMarker(MarkerManager.getMarker("BLOCK")), Map.of()))
                .matches(TIME + Pattern.quote("WARN  " + shown) + "\\R");
        assertThat(logged("plain", saying("Not delivered").setThrown(new IllegalStateException(said)), Map.of()))
                .contains("IllegalStateException: " + shown)
                .doesNotContain("\u001b", "\u009b");
    }

    @Test
    void json_has_what_steers_a_terminal_as_escapes() {
        assertThat(logged("json", saying("CPU\u001b[2K\r\n"), Map.of()))
                .containsIgnoringCase("CPU\\u001b[2K")
                .doesNotContain("\u001b");
    }

    @Test
    void a_line_break_in_an_alerts_id_makes_no_new_line() {
        assertThat(logged("plain", saying("Not delivered"), Map.of("alert", "example/2bj\nforged")))
                .matches(TIME + "WARN  Not delivered \\[alert example/2bj\\\\nforged\\]\\R");
    }

    @Test
    void what_an_exception_says_is_indented_and_there_once() {
        Exception failure = new IllegalStateException("CPU\n2026-11-20T00:00:00.000Z ERROR forged");

        String logged = logged("plain", saying("Not delivered").setThrown(failure), Map.of());

        assertThat(logged.lines().limit(2)).element(1).isEqualTo("java.lang.IllegalStateException: CPU");
        assertThat(logged.lines().skip(2))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("  "));
        assertThat(logged).containsOnlyOnce("forged");
    }

    @Test
    void a_block_of_ours_keeps_its_lines_indented() {
        Log4jLogEvent.Builder block =
                saying("is running.\n\nWebhook\nforged").setMarker(MarkerManager.getMarker("BLOCK"));

        assertThat(logged("plain", block, Map.of())).matches(TIME + "WARN  is running.\\R\\R  Webhook\\R  forged\\R");
    }

    @Test
    void json_has_alert_and_ticket_as_fields() throws Exception {
        JsonNode line = json(saying("Not \"delivered\"\r\nat all"), TICKET);

        assertThat(line.path("message").asText()).isEqualTo("Not \"delivered\"\r\nat all");
        assertThat(line.path("log.level").asText()).isEqualTo("WARN");
        assertThat(line.path("log.logger").asText()).isEqualTo("dev.mackerelredmine.routes");
        assertThat(line.path("@timestamp").asText()).matches(TIME.strip());
        assertThat(line.path("alert").asText()).isEqualTo("example/2bj7ZsQ4bYh");
        assertThat(line.path("issue").asText()).isEqualTo("42");
    }

    @Test
    void json_has_no_field_for_what_is_not_known() throws Exception {
        assertThat(json(saying("Redmine is away"), Map.of()).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("@timestamp", "log.level", "message", "log.logger");
    }

    @Test
    void json_has_a_stack_trace_in_one_field() throws Exception {
        JsonNode line = json(saying("Not delivered").setThrown(new IllegalStateException("CPU\nforged")), ALERT);

        assertThat(line.path("error.stack_trace").asText()).startsWith("java.lang.IllegalStateException: CPU\nforged");
    }
}
