package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** examples/operator/mail.camel.yaml in place of routes/operator.camel.yaml, as an operator puts it there. */
@Tag("service")
final class MailExampleTest {

    /** With all that means something in a URI, in a property or to Camel. */
    private static final String PASSWORD = "p%41+ &?=#/)(}\"'\\ RAW(\u00a5";

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private TestCertificate certificate;

    @BeforeEach
    void putItThere() throws Exception {
        certificate = TestCertificate.in(folder);
        Files.copy(
                Path.of("examples/operator/mail.camel.yaml"),
                RouteFiles.copyTo(folder).resolve("operator.camel.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private ServiceProcess tellingBy(MailServer server) throws Exception {
        List<String> trusting = List.of(
                "-Dfile.encoding=UTF-8",
                "-Djavax.net.ssl.trustStore=" + certificate.keys(),
                "-Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD);
        return new ServiceProcess(folder, trusting)
                .with(Map.of(
                        "REDMINE_URL",
                        redmine.url(),
                        "REDMINE_APIKEY",
                        redmine.apiKey(),
                        "REDMINE_PROJECT",
                        "alert",
                        "TICKET_LANGUAGE",
                        "ja"))
                .with(Map.of(
                        "SMTP_HOST", "localhost",
                        "SMTP_PORT", Integer.toString(server.port()),
                        "SMTP_USER", "alerts@example.jp",
                        "SMTP_PASSWORD", PASSWORD,
                        "MAIL_FROM", "Mackerel <alerts@example.jp>",
                        "MAIL_TO", "ops@example.jp,\u5f53\u76f4 <oncall@example.jp>"));
    }

    @Test
    void mails_by_tls_in_the_operators_words_which_cannot_become_a_header() throws Exception {
        Files.writeString(
                Files.createDirectory(folder.resolve("texts")).resolve("ja.properties"),
                "notice.redmine-back=Back\\r\\nBcc: everybody@example.jp\n");
        redmine.stop();
        try (MailServer server = MailServer.withTls(certificate.context(), PASSWORD);
                ServiceProcess service = tellingBy(server).start().untilItRuns()) {
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(60)).until(() -> server.mails().size() == 1);
            redmine.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> server.mails().size() == 2);

            MimeMessage away = server.mails().get(0);
            assertThat(away.getSubject()).isEqualTo("mackerel-redmine: Redmine が応答しません");
            assertThat(away.getContent().toString()).contains("から配信を停止しています", "配信待ちの通知");
            assertThat(away.getHeader("From")).containsExactly("Mackerel <alerts@example.jp>");
            assertThat(away.getAllRecipients())
                    .containsExactly(new InternetAddress("ops@example.jp"), new InternetAddress("oncall@example.jp"));
            assertThat(away.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            MimeMessage back = server.mails().get(1);
            assertThat(back.getSubject()).isEqualTo("mackerel-redmine: Back Bcc: everybody@example.jp");
            assertThat(back.getHeader("Bcc")).isNull();
            assertThat(server.passwords()).containsOnly(PASSWORD);
            assertThat(service.output()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void gives_the_password_to_no_server_without_tls_and_says_why() throws Exception {
        redmine.stop();
        try (MailServer server = MailServer.withoutTls(PASSWORD);
                ServiceProcess service = tellingBy(server).start().untilItRuns()) {
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.output().contains("The operator could not be notified"));

            assertThat(service.output()).contains("STARTTLS is required").doesNotContain(PASSWORD);
            assertThat(server.passwords()).isEmpty();
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void is_not_started_without_what_it_needs() throws Exception {
        ServiceProcess service = new ServiceProcess(folder).start();

        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.output())
                .endsWith("mackerel-redmine cannot start:\n"
                        + "  the environment variable SMTP_HOST, which a route uses, is not set\n");
    }
}
