package dev.mackerelredmine.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.TestCertificate;
import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.settings.SettingFile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate that the webhook shows, while a program such as certbot renews it. */
@Tag("service")
class WebhookCertificateTest {

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder;

    private Path certificate;
    private Path key;
    private LoggedErrors log;
    private HttpServer server;

    @BeforeEach
    void listen() {
        certificate = folder.resolve("fullchain.pem");
        key = folder.resolve("privkey.pem");
        log = LoggedErrors.of(WebhookCertificate.class.getName(), Level.INFO);
    }

    @AfterEach
    void stop() {
        log.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Of this test: the last poll of another's may come late. */
    private List<String> warnings() {
        return log.messages().stream()
                .filter(message -> message.contains(folder.toString()))
                .toList();
    }

    private void put(TestCertificate pair) throws Exception {
        Files.copy(pair.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(pair.key(), key, StandardCopyOption.REPLACE_EXISTING);
    }

    private void show(TestCertificate pair) throws Exception {
        put(pair);
        WebhookCertificate shown = new WebhookCertificate(
                new SettingFile("server.tls.certificate", certificate.toString()),
                new SettingFile("server.tls.key", key.toString()),
                Duration.ofMillis(50));
        server = vertx.createHttpServer(shown.shownBy(new HttpServerOptions()))
                .requestHandler(request -> request.response().end("reached"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        shown.renewIn(server, vertx);
    }

    /** Of a client that trusts this certificate and no other. */
    private String asked(TestCertificate trusted) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(trusted.context())
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.actualPort()))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private boolean reaches(TestCertificate trusted) throws Exception {
        try {
            return asked(trusted).equals("reached");
        } catch (SSLHandshakeException notTrusted) {
            return false;
        }
    }

    @Test
    void is_shown() throws Exception {
        TestCertificate pair = TestCertificate.in(folder);
        show(pair);

        assertThat(asked(pair)).isEqualTo("reached");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void is_renewed_without_a_restart() throws Exception {
        show(TestCertificate.in(folder));
        TestCertificate renewed = TestCertificate.in(folder);
        assertThatThrownBy(() -> asked(renewed)).isInstanceOf(SSLHandshakeException.class);

        put(renewed);

        await().until(() -> reaches(renewed));
        // A poll between the two copies reports a pair that does not fit.
        assertThat(warnings())
                .filteredOn(message -> !message.contains("cannot be used"))
                .containsExactly("The webhook shows the renewed certificate in " + certificate);
    }

    @Test
    void stays_while_the_files_cannot_be_used_which_is_reported_once() throws Exception {
        TestCertificate pair = TestCertificate.in(folder);
        show(pair);

        Files.delete(key);
        await().until(() -> !warnings().isEmpty());
        await().pollDelay(Duration.ofMillis(300)).until(() -> reaches(pair));

        assertThat(warnings())
                .containsExactly(
                        "Webhook certificate: the renewed one cannot be used, and the one before stays: server.tls.key (SERVER_TLS_KEY) names "
                                + key + ", which is not there");

        TestCertificate renewed = TestCertificate.in(folder);
        put(renewed);
        await().until(() -> reaches(renewed));
    }

    @Test
    void is_shown_all_the_same_when_it_has_expired_which_is_reported_once() throws Exception {
        show(TestCertificate.server(folder, "-keyalg", "EC", "-startdate", "-3d", "-validity", "1"));

        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith("Webhook certificate: " + certificate + " has expired on ");
        TestCertificate renewed = TestCertificate.in(folder);
        put(renewed);
        await().until(() -> reaches(renewed));
    }
}
