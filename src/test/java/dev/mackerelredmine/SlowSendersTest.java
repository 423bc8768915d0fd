package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service beside whose posts others hold connections open, and send next to nothing. */
@Tag("service")
class SlowSendersTest {

    private static final int CONNECTIONS = 300;
    private static final int POSTS = 20;
    private static final String HEAD = "POST /mackerel HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    private static final List<String> BEGINNINGS = List.of("", HEAD, HEAD + "Content-Length: 100\r\n\r\n{");

    @TempDir
    Path folder;

    @Test
    void serves_good_posts_beside_three_hundred_slow_senders_and_ends_them_all() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (RunningService service = new RunningService(folder).start()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = new Socket("127.0.0.1", service.webhook().getPort());
                socket.setSoTimeout(20_000);
                socket.getOutputStream()
                        .write(BEGINNINGS.get(i % BEGINNINGS.size()).getBytes(UTF_8));
                slow.add(socket);
            }
            long longest = 0;
            for (int i = 0; i < POSTS; i++) {
                long sent = System.nanoTime();
                assertThat(service.post(critical().id("2bj" + i).bytes()).statusCode())
                        .isEqualTo(202);
                longest = Math.max(longest, System.nanoTime() - sent);
            }
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(5));

            int answered = 0;
            for (Socket socket : slow) {
                answered +=
                        new String(socket.getInputStream().readAllBytes(), UTF_8).startsWith("HTTP/1.1 503 ") ? 1 : 0;
            }
            assertThat(answered).as("whose head was there").isEqualTo(CONNECTIONS / BEGINNINGS.size());
            assertThat(service.count("event")).isEqualTo(POSTS);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
