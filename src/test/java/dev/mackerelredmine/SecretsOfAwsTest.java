package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Secrets out of AWS, by AWS's own client. Its two services are stood for by a few lines, which answer as their API references say:
 * there is no AWS here to hold them to.
 */
@Tag("service")
class SecretsOfAwsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:redmine-AbCdEf";

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final Map<String, String> secrets = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private String failure;
    private HttpServer aws;

    @BeforeEach
    void start() throws IOException {
        aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", this::answer);
        aws.start();
    }

    @AfterEach
    void stop() {
        aws.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody());
        Map<String, Object> found = switch (exchange.getRequestHeaders().getFirst("X-Amz-Target")) {
            case "secretsmanager.GetSecretValue" ->
                secrets.containsKey(asked.path("SecretId").asText())
                        ? Map.of(
                                "SecretString",
                                secrets.get(asked.path("SecretId").asText()))
                        : Map.of("__type", "ResourceNotFoundException", "message", "there is none");
            case "AmazonSSM.GetParameter" ->
                parameters.containsKey(asked.path("Name").asText())
                                && asked.path("WithDecryption").asBoolean()
                        ? Map.of(
                                "Parameter",
                                Map.of(
                                        "Value",
                                        parameters.get(asked.path("Name").asText())))
                        : Map.of("__type", "ParameterNotFound", "message", "there is none");
            default -> throw new IOException("not asked by us");
        };
        if (failure != null) {
            found = Map.of("__type", failure, "message", "not now");
        }
        byte[] body = JSON.writeValueAsBytes(found);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(
                found.containsKey("__type") ? "InternalServiceError".equals(failure) ? 500 : 400 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private ServiceProcess service(Map<String, String> variables) throws IOException {
        return new ServiceProcess(folder)
                .with(Map.of(
                        "AWS_REGION", "ap-northeast-1",
                        "AWS_ENDPOINT_URL",
                                "http://127.0.0.1:" + aws.getAddress().getPort(),
                        "AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE",
                        "AWS_SECRET_ACCESS_KEY", "of-nobody"))
                .with(Map.of(
                        "REDMINE_URL", redmine.url(), "REDMINE_PROJECT", "alert", "DELIVERY_POLL_INTERVAL", "50ms"))
                .with(variables);
    }

    @Test
    void are_a_field_of_a_secret_and_a_parameter() throws Exception {
        secrets.put(SECRET, JSON.writeValueAsString(Map.of("apikey", redmine.apiKey(), "other", "x")));
        parameters.put("/mackerel-redmine/gate", "k3y-of-the.gate~0123456789");

        try (ServiceProcess service = service(Map.of(
                        "REDMINE_APIKEY",
                        "{{aws:" + SECRET + "#apikey}}",
                        "GATE_API_KEY",
                        "{{aws-parameterstore:/mackerel-redmine/gate}}"))
                .start()
                .untilItRuns()) {
            assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(401);
            assertThat(service.post("k3y-of-the.gate~0123456789", critical().bytes())
                            .statusCode())
                    .isEqualTo(202);
            await().until(() -> redmine.issues().size() == 1);
        }
    }

    @Test
    void that_are_not_there_end_the_start_and_are_named() throws Exception {
        try (ServiceProcess service = service(Map.of(
                        "REDMINE_APIKEY",
                        "{{aws:" + SECRET + "#apikey}}",
                        "GATE_API_KEY",
                        "{{aws-parameterstore:/mackerel-redmine/gate}}"))
                .start()) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.output())
                    .contains(
                            "redmine.apikey (REDMINE_APIKEY) cannot be looked up: Error getting secret from vault using key: "
                                    + SECRET)
                    .contains(
                            "gate.api-key (GATE_API_KEY) cannot be looked up: Error getting parameter from Parameter Store"
                                    + " using key: /mackerel-redmine/gate")
                    .doesNotContain("\tat ");
        }
    }

    /** With 1 systemd starts the service again, and with 2 it does not. */
    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "InternalServiceError", "not reached"})
    void that_aws_does_not_give_just_now_end_the_start_so_that_it_is_done_again(String why) throws Exception {
        failure = why;
        if (why.equals("not reached")) {
            aws.stop(0);
        }
        try (ServiceProcess service = service(Map.of("REDMINE_APIKEY", "{{aws:" + SECRET + "#apikey}}"))
                .start()) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.output())
                    .contains("redmine.apikey (REDMINE_APIKEY) cannot be looked up: ")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void that_aws_does_not_give_just_now_are_reported_with_what_is_to_be_corrected_first() throws Exception {
        failure = "ThrottlingException";
        try (ServiceProcess service = service(
                        Map.of("REDMINE_APIKEY", "{{aws:" + SECRET + "#apikey}}", "TICKET_REOPEN_WINDOW", "soon"))
                .start()) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.output()).contains("(REDMINE_APIKEY) cannot be looked up: ", "TICKET_REOPEN_WINDOW");
        }
    }

    @Test
    void without_a_field_end_the_start_and_are_not_shown() throws Exception {
        secrets.put(SECRET, "n0-json-but-the-secret-itself");

        try (ServiceProcess service = service(Map.of("REDMINE_APIKEY", "{{aws:" + SECRET + "#apikey}}"))
                .start()) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.output())
                    .contains(
                            "redmine.apikey (REDMINE_APIKEY) cannot be looked up: a field is named, but the secret is not JSON")
                    .doesNotContain("n0-json");
        }
    }

    @Test
    void of_no_region_end_the_start_with_what_to_set() throws Exception {
        try (ServiceProcess service = service(Map.of("REDMINE_APIKEY", "{{aws:" + SECRET + "}}", "AWS_REGION", ""))
                .start()) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.output())
                    .contains(
                            "redmine.apikey (REDMINE_APIKEY) cannot be looked up: set AWS_REGION to the region of the secret");
        }
    }
}
