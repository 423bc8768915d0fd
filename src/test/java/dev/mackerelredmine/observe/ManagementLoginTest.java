package dev.mackerelredmine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.RunningService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see what is on the management port, when a login is set. */
@Tag("service")
class ManagementLoginTest {

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService(folder)
                .with("management.user", "operator")
                .with("management.password", "pässword: long")
                .start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.management("") + path));
    }

    private static HttpRequest.Builder request(String path, String login) {
        String encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return request(path).header("Authorization", "Basic " + encoded);
    }

    private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
        return service.send(request.build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/preview",
                "/observe/health",
                "/observe/metrics",
                "/observe/info",
                "/nothing",
                "/observe/health/ready/",
                "/observe/health/ready/../../../preview",
                "/observe/health/ready%2f..%2f..%2f..%2fpreview",
                "//observe/health"
            })
    void nobody_without_a_login(String path) throws Exception {
        HttpResponse<String> refused = answer(request(path));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"mackerel-redmine\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/preview", "/observe/health", "/observe/metrics"})
    void whoever_has_it(String path) throws Exception {
        assertThat(answer(request(path, "operator:pässword: long")).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operator:",
                "operator",
                "operator:pässword: lon",
                "operator:pässword: long ",
                "Operator:pässword: long",
                ":pässword: long",
                "operator:pässword:"
            })
    void nobody_with_another_user_or_password(String login) throws Exception {
        assertThat(answer(request("/preview", login)).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"Bearer, 400", "Basic %%%, 400", "Basic, 400", "Digest username=operator, 401"})
    void nobody_with_a_login_of_another_form(String header, int status) throws Exception {
        assertThat(answer(request("/preview").header("Authorization", header)).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/observe/health/live", "/observe/health/ready"})
    void a_load_balancer_which_cannot_log_in(String path) throws Exception {
        assertThat(answer(request(path)).statusCode()).isEqualTo(200);
    }

    /** Vert.x lets a browser's preflight through without one. */
    @ParameterizedTest
    @ValueSource(strings = {"/preview", "/observe/health", "/observe/metrics"})
    void nobody_by_a_preflight(String path) throws Exception {
        HttpResponse<String> answer = answer(request(path)
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isNotEqualTo(200);
        assertThat(answer.body()).doesNotContain("mackerel_redmine", "checks", "[");
    }

    @Test
    void mackerel_needs_none_of_it() throws Exception {
        assertThat(service.post("{\"event\":\"sample\"}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(202);
    }
}
