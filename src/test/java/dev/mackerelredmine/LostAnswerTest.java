package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.redmine.RealRedmine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What FakeRedmine plays in DeliverTest, with the real Redmine behind a line that loses answers. */
@Tag("redmine")
class LostAnswerTest {

    @TempDir
    Path folder;

    private RealRedmine redmine;

    @BeforeEach
    void findRedmine() throws IOException {
        redmine = RealRedmine.find();
    }

    @Test
    void makes_one_ticket_when_the_answer_to_its_creation_is_lost() throws Exception {
        String id = "2bjLost" + System.nanoTime();
        try (Line line = new Line(URI.create(redmine.url()), 2);
                RunningService service = new RunningService(folder)
                        .with("redmine.url", line.url())
                        .with("redmine.apikey", redmine.id("key_bot"))
                        .with("redmine.project", "alert")
                        .with("redmine.settle", "2s")
                        .start()) {
            service.post(critical().id(id).monitor(id).bytes());
            await().atMost(Duration.ofSeconds(30)).until(service::isIdle);

            assertThat(line.lost).hasPositiveValue();
        }
        assertThat(redmine.countBySubject(id)).isOne();
    }

    /** Passes requests on, and hangs up instead of passing on the first few answers. */
    private static final class Line implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger lost = new AtomicInteger();
        private final URI target;
        private final int losses;

        Line(URI target, int losses) throws IOException {
            this.target = target;
            this.losses = losses;
            Thread accepting = new Thread(this::accept, "line");
            accepting.setDaemon(true);
            accepting.start();
        }

        String url() {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    Thread passing = new Thread(() -> pass(client), "line");
                    passing.setDaemon(true);
                    passing.start();
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void pass(Socket client) {
            try (client;
                    Socket server = new Socket(target.getHost(), target.getPort())) {
                Thread request = new Thread(() -> copy(client, server), "line");
                request.setDaemon(true);
                request.start();
                InputStream answer = server.getInputStream();
                byte[] first = new byte[1];
                if (answer.read(first) == 1 && lost.get() < losses) {
                    lost.incrementAndGet();
                    return;
                }
                client.getOutputStream().write(first);
                answer.transferTo(client.getOutputStream());
            } catch (IOException e) {
                // one side hung up: the other does, too, by the end of this block
            }
        }

        private static void copy(Socket from, Socket to) {
            try {
                OutputStream out = to.getOutputStream();
                from.getInputStream().transferTo(out);
            } catch (IOException e) {
                // as above
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
