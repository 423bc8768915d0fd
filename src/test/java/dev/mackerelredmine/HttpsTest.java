package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("service")
class HttpsTest {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private TestCertificate certificate;

    @BeforeEach
    void makeCertificate() throws Exception {
        certificate = TestCertificate.in(folder);
    }

    private ServiceProcess delivering(TlsProxy proxy, List<String> javaOptions) throws Exception {
        return new ServiceProcess(folder, javaOptions)
                .with(Map.of(
                        "REDMINE_URL", proxy.url(), "REDMINE_APIKEY", redmine.apiKey(), "REDMINE_PROJECT", "alert"));
    }

    @Test
    void delivers_by_tls_and_sends_nothing_twice_of_its_own_accord() throws Exception {
        redmine.enqueueFailure(503, "");
        List<String> trusting = List.of(
                "-Dfile.encoding=UTF-8",
                "-Djavax.net.ssl.trustStore=" + certificate.keys(),
                "-Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD);
        try (TlsProxy proxy = new TlsProxy(certificate, URI.create(redmine.url()));
                ServiceProcess service = delivering(proxy, trusting).start().untilItRuns()) {
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20)).until(() -> redmine.issues().size() == 1);
        }

        assertThat(redmine.requests())
                .extracting(FakeRedmine.Request::method)
                .startsWith("POST", "GET")
                .endsWith("POST");
    }

    @Test
    void trusts_no_certificate_that_java_does_not_know() throws Exception {
        try (TlsProxy proxy = new TlsProxy(certificate, URI.create(redmine.url()));
                ServiceProcess service = delivering(proxy, List.of("-Dfile.encoding=UTF-8"))
                        .start()
                        .untilItRuns()) {
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20)).until(() -> service.output().contains("Redmine is away"));

            assertThat(service.output()).contains("certificate").doesNotContain(redmine.apiKey());
        }
        assertThat(redmine.requests()).isEmpty();
    }

    @Test
    void trusts_an_authority_that_is_set_for_redmine() throws Exception {
        TestCertificate signed = TestCertificate.signed(folder);
        try (TlsProxy proxy = new TlsProxy(signed, URI.create(redmine.url()));
                ServiceProcess service = delivering(proxy, List.of("-Dfile.encoding=UTF-8"))
                        .with(Map.of("REDMINE_CA", signed.authority().toString()))
                        .start()
                        .untilItRuns()) {
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20)).until(() -> redmine.issues().size() == 1);
        }
    }

    @Test
    void trusts_no_other_for_redmine_then() throws Exception {
        List<String> trusting = List.of(
                "-Dfile.encoding=UTF-8",
                "-Djavax.net.ssl.trustStore=" + certificate.keys(),
                "-Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD);
        Path another = TestCertificate.signed(folder).authority();
        try (TlsProxy proxy = new TlsProxy(certificate, URI.create(redmine.url()));
                ServiceProcess service = delivering(proxy, trusting)
                        .with(Map.of("REDMINE_CA", another.toString()))
                        .start()
                        .untilItRuns()) {
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20)).until(() -> service.output().contains("Redmine is away"));
        }
        assertThat(redmine.requests()).isEmpty();
    }

    @Test
    void wants_the_certificate_of_an_authority_that_is_set_to_be_for_redmines_name() throws Exception {
        TestCertificate signed = TestCertificate.signed(folder);
        try (TlsProxy proxy = new TlsProxy(signed, URI.create(redmine.url()));
                ServiceProcess service = delivering(proxy, List.of("-Dfile.encoding=UTF-8"))
                        .with(Map.of(
                                "REDMINE_CA",
                                signed.authority().toString(),
                                "REDMINE_URL",
                                proxy.url().replace("127.0.0.1", "127.0.0.2")))
                        .start()
                        .untilItRuns()) {
            service.post(critical().bytes());
            await().atMost(Duration.ofSeconds(20)).until(() -> service.output().contains("Redmine is away"));
        }
        assertThat(redmine.requests()).isEmpty();
    }

    /** TLS in front of a server that has none. */
    private static final class TlsProxy implements AutoCloseable {

        private final ServerSocket socket;
        private final URI target;

        TlsProxy(TestCertificate certificate, URI target) throws Exception {
            this.target = target;
            socket = certificate
                    .context()
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            inBackground(this::accept);
        }

        String url() {
            return "https://127.0.0.1:" + socket.getLocalPort();
        }

        private void accept() throws IOException {
            while (true) {
                Socket client = socket.accept();
                inBackground(() -> pass(client));
            }
        }

        private void pass(Socket client) throws IOException {
            try (client;
                    Socket server = new Socket(target.getHost(), target.getPort())) {
                inBackground(() -> client.getInputStream().transferTo(server.getOutputStream()));
                server.getInputStream().transferTo(client.getOutputStream());
            }
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void inBackground(Work work) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            work.run();
                        } catch (IOException e) {
                            // one side hung up, and so does the other
                        }
                    },
                    "tls");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
