package dev.mackerelredmine.webhook.gate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class SlowSendersTest {

    private static final Duration LONGEST = Duration.ofMillis(300);
    private static final String HEAD = "POST /mackerel HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";

    private static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";

    private GateServer server = new GateServer(LONGEST);

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket connected() throws Exception {
        Socket socket = server.connect();
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /** All that comes until the server ends the connection; a test fails by the socket's time-out if it does not. */
    private static String untilItEnds(Socket socket) throws Exception {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    @Test
    void ends_a_connection_on_which_nothing_comes() throws Exception {
        try (Socket socket = connected()) {
            assertThat(untilItEnds(socket)).isEmpty();
        }
    }

    @Test
    void ends_a_connection_whose_head_does_not_end() throws Exception {
        Instant begin = Instant.now();
        try (Socket socket = connected()) {
            send(socket, HEAD.substring(0, HEAD.length() - 2));

            assertThat(untilItEnds(socket)).isEmpty();
            assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(LONGEST);
        }
    }

    @Test
    void answers_a_body_that_does_not_end_with_503_and_ends_the_connection() throws Exception {
        try (Socket socket = connected()) {
            send(socket, HEAD + "ab");

            assertThat(untilItEnds(socket))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("Connection: close", "\"status\":503");
        }
    }

    @Test
    void ends_the_connection_of_who_was_refused_and_goes_on_sending() throws Exception {
        server.close();
        server = new GateServer(LONGEST, request -> Optional.of(new Refusal(401, "No", "No.", Map.of())));
        try (Socket socket = connected()) {
            send(socket, HEAD + "ab");

            assertThat(untilItEnds(socket)).startsWith("HTTP/1.1 401 ").doesNotContain("503");
        }
    }

    @Test
    void ends_the_connection_of_who_was_refused_as_soon_as_its_body_has_ended() throws Exception {
        server.close();
        server = new GateServer(Duration.ofHours(1), request -> Optional.of(new Refusal(401, "No", "No.", Map.of())));
        for (String body : List.of("abcde", "abcde" + HEAD)) {
            try (Socket socket = connected()) {
                send(socket, HEAD + body);

                assertThat(untilItEnds(socket)).containsOnlyOnce("HTTP/1.1 401 ");
            }
        }
    }

    @Test
    void waits_for_the_next_post_on_a_connection_that_served_one() throws Exception {
        try (Socket socket = connected()) {
            send(socket, HEAD + "abcde");
            assertThat(socket.getInputStream().readNBytes(ACCEPTED.length()))
                    .asString()
                    .isEqualTo(ACCEPTED);
            socket.setSoTimeout((int) LONGEST.multipliedBy(2).toMillis());
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> socket.getInputStream().read());

            send(socket, HEAD + "abcde");

            assertThat(socket.getInputStream().readNBytes(ACCEPTED.length()))
                    .asString()
                    .isEqualTo(ACCEPTED);
        }
    }
}
