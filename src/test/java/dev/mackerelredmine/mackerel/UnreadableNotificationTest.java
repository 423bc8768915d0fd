package dev.mackerelredmine.mackerel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("fast")
class UnreadableNotificationTest {
    private static final String EXPECTED =
            ": was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

    private final NotificationReader reader = new NotificationReader();

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void says_what_is_wrong_and_where(String what, byte[] body, String message) {
        assertThat(refusalOf(body)).isEqualTo(message);
    }

    static Stream<Arguments> says_what_is_wrong_and_where() {
        return Stream.of(wrongBytes(), wrongJson(), wrongEnvelopes(), wrongStatus(), wrongFields())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> wrongBytes() {
        return Stream.of(
                arguments("no body", null, "empty, expected a JSON object"),
                arguments("nothing", new byte[0], "empty, expected a JSON object"),
                row("spaces", " \n", "empty, expected a JSON object"),
                arguments("Latin-1", "{\"a\":\"é\"}".getBytes(ISO_8859_1), "not UTF-8: byte 6 does not belong there"),
                arguments(
                        "cut character", new byte[] {'{', '"', (byte) 0xE5}, "not UTF-8: byte 2 does not belong there"),
                arguments("UTF-16", "{\"a\":1}".getBytes(UTF_16BE), "not UTF-8: this looks like UTF-16 or UTF-32"),
                arguments("UTF-16LE", "{\"a\":1}".getBytes(UTF_16LE), "not UTF-8: this looks like UTF-16 or UTF-32"),
                arguments("mark", "\uFEFF{".getBytes(UTF_16LE), "not UTF-8: this looks like UTF-16 or UTF-32"),
                arguments("mark BE", "\uFEFF{".getBytes(UTF_16BE), "not UTF-8: this looks like UTF-16 or UTF-32"));
    }

    private static Stream<Arguments> wrongJson() {
        String unreadable = "not readable as JSON: ";
        return Stream.of(
                row("null", "null", "not a JSON object but null"),
                row("array", "[{'event':'sample'}]", "not a JSON object but an array"),
                row("string", "'sample'", "not a JSON object but a string"),
                row("number", "5", "not a JSON object but a number"),
                row("cut off in a string", "{'event':'al", unreadable + "it ends too early, at line 1, column 13"),
                row("cut off before a value", "{'event':", unreadable + "it ends too early, at line 1, column 10"),
                row("a form", "a=1", unreadable + "Unrecognized token 'a'" + EXPECTED + ", at line 1, column 2"),
                row(
                        "missing comma",
                        "{'a':1\n 'b':2}",
                        unreadable
                                + "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries,"
                                + " at line 2, column 2"),
                row("NaN", "{'a':NaN}", unreadable + "Non-standard token 'NaN', at line 1, column 9"),
                row("exponent past 32 bits", "{'a':1e5132800296}", unreadable + "a number is out of range"),
                row(
                        "record separator",
                        "{\u001e}",
                        unreadable
                                + "Illegal character ((CTRL-CHAR, code 30)): only regular white space (\\r, \\n, \\t)"
                                + " is allowed between tokens, at line 1, column 3"),
                row(
                        "wrong bracket",
                        "{'a':1]",
                        unreadable + "Unexpected close marker ']': expected '}', at line 1, column 7"),
                row("two objects", "{} {}", unreadable + "something follows after the end, at line 1, column 4"),
                row(
                        "garbage after the end",
                        "{} x",
                        unreadable + "Unrecognized token 'x'" + EXPECTED + ", at line 1, column 5"),
                row(
                        "too deep",
                        "{'x':" + "[".repeat(100) + "]".repeat(100) + "}",
                        unreadable + "Document nesting depth (101) exceeds the maximum allowed (100)"),
                row(
                        "long number",
                        "{'x':" + "1".repeat(1001) + "}",
                        unreadable + "Number value length (1001) exceeds the maximum allowed (1000)"));
    }

    private static Stream<Arguments> wrongEnvelopes() {
        return Stream.of(
                row("no body", "{'body':null}", "body: not a JSON object but null"),
                row("empty body", "{'body':''}", "body: empty, expected a JSON object"),
                row(
                        "text in the body",
                        "{'body':'hi'}",
                        "body: not readable as JSON: Unrecognized token 'hi'" + EXPECTED + ", at line 1, column 3"),
                row(
                        "not Base64",
                        "{'body':'{}','isBase64Encoded':true}",
                        "body: not Base64, though isBase64Encoded says so"),
                row(
                        "Base64 of Latin-1",
                        "{'body':'eyLp','isBase64Encoded':true}",
                        "body: not UTF-8: byte 2 does not belong there"),
                row(
                        "EventBridge with a list",
                        "{'detail-type':'x','detail':[]}",
                        "detail: not a JSON object but an array"),
                row(
                        "four envelopes",
                        "{'body':{'body':{'body':{'body':{'event':'sample'}}}}}",
                        "body: body: body: more than 3 envelopes, one inside the other"));
    }

    private static Stream<Arguments> wrongStatus() {
        TestAlerts critical = TestAlerts.critical();
        return Stream.of(
                status("no status", critical.without("status"), "is missing"),
                status(
                        "no status in a kind of the future",
                        critical.without("status").event("alertSnoozed"),
                        "is missing"),
                status("status null", critical.status(null), "is missing"),
                status("status empty", critical.status(""), "is \"\""),
                status("status of the future", critical.status("fatal"), "is \"fatal\""),
                status("long status", critical.status("魚".repeat(31)), "is \"" + "魚".repeat(30) + "…\""),
                status("control characters", critical.status("a\n\u001bb\u2028"), "is \"a??b?\""),
                status("status a number", critical.with("status", 1), "is \"1\""),
                status("status an object", critical.with("status", Map.of()), "is an object"));
    }

    private static Stream<Arguments> wrongFields() {
        return Stream.of(
                row("no alert", "{'event':'alert'}", "alert is missing, and the event is an alert"),
                row("alert null", "{'event':'alert','alert':null}", "alert is missing, and the event is an alert"),
                row("alert a string", "{'alert':'critical'}", "alert is a string, expected an object"),
                row("alert an empty string", "{'alert':''}", "alert is a string, expected an object"),
                row("alert an array", "{'alert':[]}", "alert is an array, expected an object"),
                row("event an array", "{'event':[]}", "event is an array, expected a string"),
                row("host a string", "{'host':'web1'}", "host is a string, expected an object"),
                row("host's name an object", "{'host':{'name':{}}}", "host.name is an object, expected a string"),
                row("roles an object", "{'host':{'roles':{}}}", "host.roles is an object, expected an array"),
                row("role a string", "{'host':{'roles':[{},'x']}}", "host.roles[1] is a string, expected an object"),
                row(
                        "group's status",
                        "{'alertGroup':{'status':'BAD'}}",
                        "alertGroup.status is \"BAD\", expected one of ok, warning, critical, unknown"),
                field("isOpen", "perhaps", "is a string, expected true or false"),
                field("openedAt", "yesterday", "is a string, expected a number"),
                field("closedAt", Map.of(), "is an object, expected a number"),
                field("createdAt", new BigInteger("9".repeat(20)), "is out of range"),
                field("duration", new BigDecimal("1e999999999"), "is out of range"),
                field("metricValue", "NaN", "is a string, expected a number"),
                field("metricValue", new BigDecimal("1e1000"), "is out of range"),
                field("warningThreshold", new BigDecimal("1e-1001"), "is out of range"),
                field("criticalThreshold", new BigDecimal("-1e999999999"), "is out of range"),
                time("openedAt", Long.MAX_VALUE),
                time("closedAt", Long.MIN_VALUE),
                time("statusChangedAt", 253_402_300_800L));
    }

    @Test
    void repeats_little_of_what_was_sent() {
        assertThat(refusalOf("s3cret".repeat(1000).getBytes(UTF_8))).hasSizeLessThan(200);
        assertThat(refusalOf(("{\"a\": \"" + "s3cret".repeat(1000)).getBytes(UTF_8)))
                .doesNotContain("s3cret");
    }

    private static Arguments row(String what, String body, String message) {
        return arguments(what, body.replace('\'', '"').getBytes(UTF_8), message);
    }

    private static Arguments status(String what, TestAlerts alert, String found) {
        String message = "alert.status " + found + ", expected one of ok, warning, critical, unknown";
        return arguments(what, alert.bytes(), message);
    }

    private static Arguments field(String name, Object value, String problem) {
        return arguments(name, TestAlerts.critical().with(name, value).bytes(), "alert." + name + " " + problem);
    }

    private static Arguments time(String name, long seconds) {
        String message = seconds + " is out of range for a time of an alert, expected seconds since 1970";
        return arguments(name, TestAlerts.critical().with(name, seconds).bytes(), message);
    }

    private String refusalOf(byte[] body) {
        return assertThatExceptionOfType(UnreadableNotificationException.class)
                .isThrownBy(() -> reader.read(body))
                .withNoCause()
                .actual()
                .getMessage();
    }
}
