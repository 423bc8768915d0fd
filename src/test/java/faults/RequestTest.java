package faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request is passed on byte by byte, but for what concerns the connection. */
@Tag("fast")
final class RequestTest {

    private static final String CREATION = "POST /issues.json HTTP/1.1\r\nHost: redmine\r\nContent-Length: 6\r\n\r\n発生";
    private static final String CHUNKED =
            "PUT /issues/7.json HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnote\r\n1;x=y\r\n!\r\n0\r\n\r\n";

    @Test
    void has_a_method_a_path_and_a_body() throws Exception {
        Request request = read(CREATION + "GET /what/comes/after");

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/issues.json");
        assertThat(request.body()).isEqualTo("発生".getBytes(UTF_8));
        assertThat(request.text()).isEqualTo("/issues.json 発生");
    }

    @Test
    void writes_unless_it_is_a_question() throws Exception {
        assertThat(read(CREATION).writes()).isTrue();
        assertThat(read("GET /issues/7.json HTTP/1.1\r\n\r\n").writes()).isFalse();
    }

    @Test
    void is_passed_on_whole_also_in_chunks() throws Exception {
        assertThat(passedOn(CREATION)).isEqualTo(CREATION.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        assertThat(passedOn(CHUNKED)).isEqualTo(CHUNKED.replace("chunked\r\n", "chunked\r\nConnection: close\r\n"));
    }

    @Test
    void is_passed_on_without_what_concerns_the_connection_to_the_service() throws Exception {
        assertThat(passedOn("GET / HTTP/1.1\r\nconnection: keep-alive\r\nHost: a\r\nExpect: 100-continue\r\n\r\n"))
                .isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {CREATION, CHUNKED})
    void is_none_when_it_ends_in_its_midst(String whole) {
        byte[] bytes = whole.getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Request.read(new ByteArrayInputStream(part)))
                    .as("%d bytes", length)
                    .isInstanceOf(EOFException.class);
        }
    }

    private static Request read(String text) throws IOException {
        return Request.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static String passedOn(String text) throws IOException {
        return new String(read(text).forOneConnection(), UTF_8);
    }
}
