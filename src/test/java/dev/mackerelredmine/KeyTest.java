package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.LoggedErrors;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with two keys, one of which is being changed for the other. */
@Tag("service")
class KeyTest {

    private static final String OLD = "0ld-key_of.last~year-0123456789";
    private static final String NEW = "n3w-key_of.this~year-0123456789";

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService(folder)
                .with("gate.api-key", OLD + ", " + NEW)
                .start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpRequest.Builder post(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(critical().bytes()));
    }

    private static HttpResponse<String> post(String header, String value) throws Exception {
        return service.send(post(service.webhook()).header(header, value).build());
    }

    /** As a client makes it of {@code https://mackerel:KEY@HOST/mackerel}. */
    private static String basic(String key) {
        return "Basic " + Base64.getEncoder().encodeToString(("mackerel:" + key).getBytes(UTF_8));
    }

    private static double uses(int position) throws Exception {
        return Scrape.of(service).value("key_uses_total{position=\"" + position + "\"}");
    }

    @Test
    void takes_posts_with_each_of_the_keys() throws Exception {
        assertThat(post("x-api-key", OLD).statusCode()).isEqualTo(202);
        assertThat(post("x-api-key", NEW).statusCode()).isEqualTo(202);
        assertThat(post("Authorization", basic(OLD)).statusCode()).isEqualTo(202);
        assertThat(post("Authorization", basic(NEW)).statusCode()).isEqualTo(202);
    }

    @Test
    void shows_which_key_is_used() throws Exception {
        double old = uses(1);
        double young = uses(2);

        post("x-api-key", NEW);
        post("x-api-key", "n0-key-of-any~year-0123456789");

        assertThat(uses(1)).isEqualTo(old);
        assertThat(uses(2)).isEqualTo(young + 1);
    }

    @Test
    void takes_nothing_without_a_key() throws Exception {
        long before = service.count("event");

        HttpResponse<String> answer = service.post(critical().bytes());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"mackerel-redmine\", charset=\"UTF-8\"");
        assertThat(answer.headers().firstValue("Connection")).contains("close");
        assertThat(service.count("event")).isEqualTo(before);
    }

    @Test
    void takes_no_key_in_the_query() throws Exception {
        URI address = URI.create(service.webhook() + "?x-api-key=" + OLD + "&gate.api-key=" + NEW);

        assertThat(service.send(post(address).build()).statusCode()).isEqualTo(401);
    }

    @Test
    void shows_answers_of_the_gate_before_they_are_given() throws Exception {
        assertThat(Scrape.of(service).series())
                .containsKeys(
                        "mackerel_redmine_posts_total{status=\"401\"}",
                        "mackerel_redmine_posts_total{status=\"403\"}",
                        "mackerel_redmine_posts_total{status=\"429\"}",
                        "mackerel_redmine_key_uses_total{position=\"1\"}");
    }

    @Test
    void says_to_who_has_no_key_nothing_of_what_there_is() throws Exception {
        for (String path : new String[] {"/", "/mackerel", "/observe/health", "/preview"}) {
            URI address = service.webhook().resolve(path);

            assertThat(service.send(HttpRequest.newBuilder(address).build()).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    @Test
    void says_that_a_post_was_refused_and_nothing_of_keys() throws Exception {
        try (LoggedErrors log = LoggedErrors.of("dev.mackerelredmine", Level.TRACE)) {
            post("x-api-key", NEW);
            HttpResponse<String> answer = post("Authorization", basic("s3cret-slip-" + OLD));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(log.messages() + answer.body() + answer.headers())
                    .doesNotContain("s3cret", OLD, NEW, "0ld-key", "n3w-key");
        }
    }
}
