package dev.mackerelredmine.graph;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.TestCertificate;
import dev.mackerelredmine.download.Download;
import dev.mackerelredmine.download.FileServer;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server on this machine stands for mackerel.io, under the name localhost. */
@Tag("service")
class GraphFetcherTest {

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n\u0000\u00ff".getBytes(ISO_8859_1);
    private static final int LARGEST = 1000;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    static Path folder;

    private static TestCertificate certificate;

    private FileServer server;
    private GraphFetcher fetcher;
    private LoggedErrors log;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.in(folder);
    }

    @BeforeEach
    void start() throws Exception {
        server = new FileServer(certificate);
        server.put("/graph.png", PNG);
        fetcher = fetching("localhost", server.port());
        log = LoggedErrors.of(GraphFetcher.class.getName(), Level.WARN);
    }

    @AfterEach
    void stop() {
        log.close();
        server.close();
    }

    private static GraphFetcher fetching(String host, int port) throws Exception {
        return fetching(host, port, LONGEST);
    }

    private static GraphFetcher fetching(String host, int port, Duration longest) throws Exception {
        HttpClient.Builder client = HttpClient.newBuilder().sslContext(certificate.context());
        return new GraphFetcher(new Download(client, LARGEST, longest), host, port);
    }

    private String url(String path) {
        return "https://localhost:" + server.port() + path;
    }

    private void assertLeftOut(String url, String why) {
        assertThat(fetcher.fetch(url)).isNull();
        assertThat(log.messages()).singleElement().asString().endsWith("is left out: " + why);
    }

    // --- what is fetched

    @Test
    void fetches_a_graph() {
        assertThat(fetcher.fetch(url("/graph.png"))).isEqualTo(PNG);
        assertThat(server.requests()).containsExactly("GET /graph.png");
        assertThat(log.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff\u00e0", "GIF87a", "GIF89a"})
    void knows_an_image_by_its_first_bytes(String start) {
        server.put("/other", start.getBytes(ISO_8859_1));

        assertThat(fetcher.fetch(url("/other"))).isEqualTo(start.getBytes(ISO_8859_1));
    }

    @Test
    void takes_a_hosts_name_in_capitals_for_the_same() {
        assertThat(fetcher.fetch("HTTPS://LOCALHOST:" + server.port() + "/graph.png"))
                .isEqualTo(PNG);
    }

    @Test
    void takes_an_image_of_just_the_largest_size_whether_its_length_is_said_before_or_not() {
        byte[] largest = Arrays.copyOf(PNG, LARGEST);
        server.put("/large", largest);
        server.putInPieces("/pieces", largest);

        assertThat(fetcher.fetch(url("/large"))).isEqualTo(largest);
        assertThat(fetcher.fetch(url("/pieces"))).isEqualTo(largest);
    }

    // --- what is not asked for at all

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:PORT/graph.png",
                "https://127.0.0.1:PORT/graph.png",
                "https://[::1]:PORT/graph.png",
                "https://localhost.:PORT/graph.png",
                "https://localhost/graph.png",
                "https://localhost:1/graph.png",
                "https://localhost@127.0.0.1:PORT/graph.png",
                "https://localhost:PORT@127.0.0.1:PORT/graph.png",
                "https://localhost%40127.0.0.1:PORT/graph.png",
                "https://someone@localhost:PORT/graph.png",
                "https://@localhost:PORT/graph.png",
                "//localhost:PORT/graph.png",
                "/graph.png",
                "https:localhost",
                "file:///etc/hostname",
                "data:image/png;base64,iVBORw0KGgo="
            })
    void asks_nobody_but_mackerel(String url) {
        assertLeftOut(url.replace("PORT", "" + server.port()), "it is not at https://localhost");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mackerel.io/embed/public/1.png",
                "https://mackerel.io:8443/embed/public/1.png",
                "https://mackerel.io@graph.invalid/1.png",
                "https://mackerel.io.graph.invalid/1.png",
                "https://graph.invalid/mackerel.io/1.png",
                "https://graph.invalid#@mackerel.io/1.png",
                "https://xn--mackerel-.io/1.png",
                "https://[::1]/1.png"
            })
    void is_mackerel_only_at_its_own_address(String url) {
        assertThat(new GraphFetcher().fetch(url)).isNull();
        assertThat(log.messages()).singleElement().asString().endsWith("is left out: it is not at https://mackerel.io");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not a url",
                "https://",
                "https://localhost\\@graph.invalid/",
                "https://local host/",
                "https://[::1/",
                "\u0000"
            })
    void leaves_out_what_is_not_a_url(String url) {
        assertThat(fetcher.fetch(url)).isNull();
        assertThat(log.messages()).hasSize(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void says_nothing_where_there_is_no_graph(String url) {
        assertThat(fetcher.fetch(url)).isNull();
        assertThat(log.messages()).isEmpty();
    }

    // --- what is answered badly

    @Test
    void follows_no_redirect() {
        server.redirect("/moved", url("/graph.png"));

        assertLeftOut(url("/moved"), "it was answered with 302");
        assertThat(server.requests()).containsExactly("GET /moved");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 403, 404, 410, 500, 503})
    void takes_no_answer_but_a_200(int status) {
        server.put("/other", status, status == 204 ? new byte[0] : PNG);

        assertLeftOut(url("/other"), "it was answered with " + status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Sign in</html>",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "\u0089PN",
                "PNG",
                "%PDF-1.7"
            })
    void takes_nothing_but_an_image(String content) {
        server.putInPieces("/other", content.getBytes(ISO_8859_1));

        assertLeftOut(url("/other"), "it is not an image");
    }

    @Test
    void leaves_out_what_is_too_large() {
        server.put("/large", Arrays.copyOf(PNG, LARGEST + 1));

        assertLeftOut(url("/large"), "it is larger than 1000 bytes");
    }

    @Test
    void leaves_out_what_shows_only_on_its_way_that_it_is_too_large() {
        server.pour("/endless", PNG);

        assertLeftOut(url("/endless"), "it is larger than 1000 bytes");
    }

    @Test
    void waits_no_longer_for_an_answer_that_only_trickles() throws Exception {
        server.trickle("/slow", PNG);
        fetcher = fetching("localhost", server.port(), SHORT);
        Instant asked = Instant.now();

        assertLeftOut(url("/slow"), "it takes longer than 1 seconds");
        assertThat(Duration.between(asked, Instant.now())).isLessThan(LONGEST);
    }

    @Test
    void waits_no_longer_for_an_answer_that_does_not_begin() throws Exception {
        server.keepSilent("/silent");
        fetcher = fetching("localhost", server.port(), SHORT);

        assertLeftOut(url("/silent"), "it takes longer than 1 seconds");
    }

    @Test
    void waits_no_longer_for_a_server_that_does_not_speak_tls() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            fetcher = fetching("localhost", mute.getLocalPort(), SHORT);

            assertLeftOut("https://localhost:" + mute.getLocalPort() + "/", "it takes longer than 1 seconds");
        }
    }

    @Test
    void leaves_out_what_nobody_answers() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        assertThat(fetching("localhost", closed).fetch("https://localhost:" + closed + "/graph.png"))
                .isNull();
        assertThat(log.messages()).hasSize(1);
    }

    @Test
    void trusts_no_certificate_that_java_does_not_know() {
        Download untrusting = new Download(HttpClient.newBuilder(), LARGEST, LONGEST);
        fetcher = new GraphFetcher(untrusting, "localhost", server.port());

        assertThat(fetcher.fetch(url("/graph.png"))).isNull();
        assertThat(log.messages()).singleElement().asString().contains("PKIX path building failed");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void ends_at_once_when_the_service_stops() {
        server.keepSilent("/silent");
        Thread.currentThread().interrupt();

        assertThat(fetcher.fetch(url("/silent"))).isNull();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void goes_on_to_fetch_after_failures() throws Exception {
        fetcher = fetching("localhost", server.port(), SHORT.multipliedBy(5));
        server.trickle("/slow", PNG);
        server.pour("/endless", PNG);
        fetcher.fetch(url("/slow"));
        fetcher.fetch(url("/endless"));
        fetcher.fetch(url("/nowhere"));

        assertThat(fetcher.fetch(url("/graph.png"))).isEqualTo(PNG);
    }

    // --- what the log says

    @Test
    void tells_which_graph_without_what_could_be_a_secret() {
        fetcher.fetch("https://name:word@graph.invalid/1.png?token=s3cret#s3cret");

        assertThat(log.messages())
                .containsExactly("The graph https://graph.invalid/1.png is left out: it is not at https://localhost");
    }

    @Test
    void tells_it_in_one_short_line() {
        fetcher.fetch("https://graph.invalid/\nERROR all is lost\u2028" + "x".repeat(10_000));

        assertThat(log.messages())
                .singleElement()
                .asString()
                .hasSizeLessThan(300)
                .doesNotContain("\n", "\u2028");
    }
}
