package dev.mackerelredmine.webhook.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
final class PlainUtf8Test {

    private static final GateServer SERVER = new GateServer(new PlainUtf8());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/json ; Charset = utf8 ; profile=x",
                "application/json; profile=\"charset\""
            })
    void takes_utf8(String contentType) throws Exception {
        assertThat(SERVER.post("Content-Type", contentType).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-16",
                "application/json; charset=Shift_JIS",
                "application/json;charset=utf-8;charset=utf-7",
                "application/json; charset=\"ISO-8859-1\"",
                "application/json; charset=",
                "application/json; charset=no-such-charset",
                "application/json; charset=$%&"
            })
    void refuses_other_charsets(String contentType) throws Exception {
        assertThat(SERVER.post("Content-Type", contentType).statusCode()).isEqualTo(415);
    }

    @Test
    void takes_what_is_said_to_be_as_it_is() throws Exception {
        assertThat(SERVER.post("Content-Encoding", "Identity").statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip", "x", ""})
    void refuses_what_is_compressed(String encoding) throws Exception {
        assertThat(SERVER.post("Content-Encoding", encoding).statusCode()).isEqualTo(415);
        assertThat(SERVER.post("Content-Encoding", "identity", "Content-Encoding", encoding)
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void says_what_is_wrong() throws Exception {
        assertThat(SERVER.post("Content-Encoding", "gzip").body()).contains("\"status\":415", "Content-Encoding");
        assertThat(SERVER.post("Content-Type", "application/json; charset=utf-16")
                        .body())
                .contains("\"status\":415", "UTF-8");
    }
}
