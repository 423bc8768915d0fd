package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.RedmineCaller;
import dev.mackerelredmine.redmine.RedmineCaller.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tests that have something misbehave before Redmine rest on this. */
@Tag("fast")
class MisbehaviourTest {

    private static final String CREATE = "/projects/alert/issues.json";

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    private final Line line = new Line(redmine.url());
    private final RedmineCaller caller = new RedmineCaller(line.url(), redmine.apiKey());

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void answers_so_many_times_in_redmines_place() {
        line.misbehave("^POST ", Misbehaviour.html(403), 1);

        Reply refused = caller.post(CREATE, Map.of("subject", "x".repeat(200)));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("Gateway 403");
        assertThat(redmine.requests()).isEmpty();

        assertThat(caller.post(CREATE, Map.of("subject", "x")).status()).isEqualTo(201);
        assertThat(line.misbehaved()).isOne();
    }

    @Test
    void lets_redmine_do_it_and_answers_otherwise_until_it_behaves() {
        line.misbehave("^POST ", Misbehaviour.html(200).afterPassingOn());

        assertThat(caller.post(CREATE, Map.of("subject", "x")).text()).contains("Sign in");
        assertThat(redmine.issues()).hasSize(1);
        assertThat(caller.get("/issues/1.json").status()).isEqualTo(200);

        line.behave();
        assertThat(caller.post(CREATE, Map.of("subject", "x")).status()).isEqualTo(201);
    }

    @Test
    void trickles_its_answer() {
        Duration between = Duration.ofMillis(5);
        line.misbehave("^GET ", Misbehaviour.answer(200, Map.of(), "0123456789").trickled(between));

        long before = System.nanoTime();
        assertThat(caller.get("/issues.json").text()).isEqualTo("0123456789");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(between.multipliedBy(9));
    }

    @Test
    void answers_without_end() throws IOException {
        line.misbehave("^GET ", Misbehaviour.html(200).withoutEnd());
        URI url = URI.create(line.url());

        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write("GET /issues.json HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            assertThat(answer.readNBytes(10_000_000)).hasSize(10_000_000);
        }
    }

    @Test
    void refuses_connections_once_closed() {
        line.close();

        assertThatThrownBy(() -> caller.get("/issues.json")).hasCauseInstanceOf(IOException.class);
    }
}
