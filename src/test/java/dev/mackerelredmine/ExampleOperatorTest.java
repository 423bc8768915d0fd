package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each file of examples/operator tells the operator, in place of routes/operator.camel.yaml. */
@Tag("service")
class ExampleOperatorTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final List<JsonNode> posts = new CopyOnWriteArrayList<>();
    private HttpServer slack;
    private RunningService service;

    /** A test cannot set an environment variable: the file is taken with the address in its place. */
    private Path slackExample() throws Exception {
        slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slack.createContext("/", exchange -> {
            posts.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        slack.start();
        String url = "http://127.0.0.1:" + slack.getAddress().getPort() + "/services/T0/B0/x";
        String example = Files.readString(Path.of("examples/operator/slack.camel.yaml"));
        return Files.writeString(folder.resolve("slack.camel.yaml"), example.replace("{{env:SLACK_WEBHOOK}}", url));
    }

    /** As docs/operate.md#mail says how to change it. */
    private Path mailExampleWithoutLogin(int port) throws Exception {
        String example = Files.readString(Path.of("examples/operator/mail.camel.yaml"))
                .replaceAll("(?m)^ *(username|password|mail\\.smtp\\.starttls\\.required): .*\\R", "")
                .replace("{{env:SMTP_HOST}}", "127.0.0.1")
                .replace("{{env:SMTP_PORT:587}}", Integer.toString(port))
                .replace("{{env:MAIL_FROM}}", "alerts@example.jp")
                .replace("{{env:MAIL_TO}}", "ops@example.jp");
        return Files.writeString(folder.resolve("mail.camel.yaml"), example);
    }

    @AfterEach
    void stop() {
        service.close();
        if (slack != null) {
            slack.stop(0);
        }
    }

    @Test
    void slack() throws Exception {
        service = DeliverTest.deliveringTo(redmine, folder)
                .withOperator(slackExample())
                .start();
        redmine.stop();
        service.post(critical().bytes());
        await().atMost(Duration.ofSeconds(15)).until(() -> posts.size() == 1);
        redmine.start();
        await().atMost(Duration.ofSeconds(15)).until(() -> posts.size() == 2);

        assertThat(posts.get(0).path("text").asText()).startsWith("Redmine is away. Nothing has been delivered since ");
        assertThat(posts.get(1).path("text").asText()).startsWith("Redmine is back. ");
    }

    @Test
    void mail_by_a_relay_that_asks_for_no_login() throws Exception {
        try (MailServer relay = MailServer.relay()) {
            service = DeliverTest.deliveringTo(redmine, folder)
                    .withOperator(mailExampleWithoutLogin(relay.port()))
                    .start();
            redmine.stop();
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(15)).until(() -> relay.mails().size() == 1);

            assertThat(relay.mails().get(0).getSubject()).isEqualTo("mackerel-redmine: Redmine is away");
            assertThat(relay.passwords()).isEmpty();
        }
    }
}
