package dev.mackerelredmine;

import static dev.mackerelredmine.AwsTemplate.EDGE;
import static dev.mackerelredmine.AwsTemplate.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.settings.SettingNames;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ties the templates of deploy/aws to the code, and what may never be open. That AWS takes them, deploy/aws/validate says. */
@Tag("fast")
class AwsTemplatesTest {

    private static final RouteFiles.Node FUNCTION = SERVICE.properties("Function");
    private static final RouteFiles.Node VARIABLES = FUNCTION.at("Environment", "Variables");
    private static final RouteFiles.Node QUEUE = SERVICE.properties("Alerts");
    private static final RouteFiles.Node BEHAVIOUR =
            EDGE.properties("Distribution").at("DistributionConfig", "DefaultCacheBehavior");

    private static final String CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
    private static final String ALL_VIEWER_EXCEPT_HOST_HEADER = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

    private static final int WEEKEND_HOURS = 64;
    private static final int SECONDS_AN_HOUR = 3600;
    private static final int DIGITS = 8;

    @Test
    void the_handler_is_there() throws IOException {
        String[] handler = FUNCTION.text("Handler").split("::");
        Path source = Path.of("src/main/java", handler[0].replace('.', '/') + ".java");
        assertThat(source).exists();
        assertThat(Files.readString(source)).contains(" " + handler[1] + "(");
    }

    /** Classes of Java 21 have the version 65; ours are built for 17. */
    @Test
    void the_handler_is_built_for_every_runtime_that_may_run_it() throws IOException {
        byte[] handler = Files.readAllBytes(Path.of("target/classes/dev/mackerelredmine/LambdaFunction.class"));

        assertThat(handler[7]).isLessThanOrEqualTo((byte) 65);
        assertThat(FUNCTION.text("Runtime")).isIn("java21", "java25");
    }

    @Test
    void every_variable_is_that_of_a_setting() {
        List<String> known =
                SettingNames.ALL.stream().map(SettingNames::variable).toList();
        assertThat(known).containsAll(AwsTemplate.keys(VARIABLES));
    }

    @Test
    void secrets_come_from_secrets_manager() {
        Stream.of(VARIABLES.text("REDMINE_APIKEY"), VARIABLES.text("STORE_PASSWORD"))
                .forEach(secret -> assertThat(secret).contains("{{resolve:secretsmanager:${"));
        assertThat(SERVICE.parameter("EdgeApiKey").text("NoEcho")).isEqualTo("true");
        assertThat(EDGE.parameter("EdgeApiKey").text("NoEcho")).isEqualTo("true");
    }

    @Test
    void a_post_is_tried_again_only_when_the_try_before_is_over_and_its_ticket_is_to_be_seen() throws IOException {
        assertThat(number(QUEUE, "VisibilityTimeout"))
                .isGreaterThanOrEqualTo(6 * number(FUNCTION, "Timeout"))
                .isGreaterThan(seconds(defaultOf("redmine.settle-time")));
    }

    @Test
    void a_look_up_and_a_creation_end_before_the_function_is_stopped() {
        int request = seconds(VARIABLES.text("REDMINE_CONNECT_TIMEOUT"))
                + seconds(VARIABLES.text("REDMINE_RESPONSE_TIMEOUT"));
        assertThat(2 * request).isLessThan(number(FUNCTION, "Timeout"));
    }

    @Test
    void redmine_may_be_away_for_a_weekend() {
        int longest = number(QUEUE.at("RedrivePolicy"), "maxReceiveCount") * number(QUEUE, "VisibilityTimeout");
        assertThat(longest)
                .isGreaterThan(WEEKEND_HOURS * SECONDS_AN_HOUR)
                .isLessThan(number(QUEUE, "MessageRetentionPeriod"));
        assertThat(QUEUE.at("RedrivePolicy").text("deadLetterTargetArn")).isEqualTo("DeadLetters.Arn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alerts", "DeadLetters"})
    void events_of_one_alert_stay_in_order(String queue) {
        assertThat(SERVICE.properties(queue).text("FifoQueue")).isEqualTo("true");
        assertThat(SERVICE.properties(queue).text("QueueName")).endsWith(".fifo");
    }

    @Test
    void only_what_failed_is_tried_again() {
        assertThat(AwsTemplate.texts(SERVICE.properties("FromQueue").at("FunctionResponseTypes")))
                .containsExactly("ReportBatchItemFailures");
        assertThat(number(SERVICE.properties("FromQueue"), "BatchSize")).isBetween(1, 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EachMinute", "EachMinuteMayInvoke", "EachMinuteOnce", "Troubles", "TroublesAlarm"})
    void what_delivers_from_a_store_and_watches_it_is_for_a_store_only(String resource) {
        assertThat(SERVICE.resource(resource).text("Condition")).isEqualTo("HasStore");
    }

    @ParameterizedTest
    @CsvSource({"ERROR, true", "WARN, true", "INFO, false", "DEBUG, false"})
    void a_warning_in_the_log_is_seen(String level, boolean isSeen) throws IOException {
        assertThat(VARIABLES.text("LOG_FORMAT")).isEqualTo("json");
        assertThat(Files.readString(Path.of("src/main/resources/log.json"))).contains("\"log.level\":");
        String pattern = SERVICE.properties("Troubles").text("FilterPattern").replace("%", "");
        assertThat(Pattern.compile(pattern)
                        .matcher("{\"log.level\":\"" + level + "\",\"message\":\"ERROR\"}")
                        .find())
                .isEqualTo(isSeen);
    }

    @Test
    void no_method_is_without_the_key() {
        assertThat(SERVICE.ofType("AWS::ApiGateway::Method")).isNotEmpty().allSatisfy(method -> {
            assertThat(method.text("Properties", "ApiKeyRequired")).isEqualTo("true");
            assertThat(method.text("Properties", "Integration", "PassthroughBehavior"))
                    .isEqualTo("NEVER");
        });
    }

    @Test
    void only_what_is_in_the_queue_is_answered_with_202() {
        RouteFiles.Node answers = SERVICE.properties("WebhookPost").at("Integration", "IntegrationResponses");
        assertThat(answers.items().map(answer -> answer.text("SelectionPattern") + " " + answer.text("StatusCode")))
                .containsExactly("200 202", "null 502");
    }

    @Test
    void a_changed_api_is_deployed_because_its_deployment_has_a_new_name() throws GeneralSecurityException {
        String api = Stream.of("Api", "Webhook", "WebhookPost")
                .map(name -> name + "=" + SERVICE.resource(name).value())
                .toList()
                .toString();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(api.getBytes(StandardCharsets.UTF_8));
        String name = "Deployment" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        assertThat(SERVICE.names())
                .as("rename the deployment in service.yaml to " + name)
                .contains(name);
        assertThat(SERVICE.properties("Stage").text("DeploymentId")).isEqualTo(name);
    }

    @Test
    void nobody_but_mackerel_gets_through_the_waf() {
        RouteFiles.Node acl = EDGE.properties("Acl");
        assertThat(AwsTemplate.keys(acl.at("DefaultAction"))).containsExactly("Block");
        assertThat(acl.at("Rules").items())
                .singleElement()
                .satisfies(rule -> assertThat(rule.all()
                                .filter(node -> node.key().equals("Arn"))
                                .map(RouteFiles.Node::value))
                        .containsExactlyInAnyOrder("MackerelIpv4.Arn", "MackerelIpv6.Arn"));
        assertThat(EDGE.properties("Distribution").at("DistributionConfig").text("WebACLId"))
                .isEqualTo("Acl.Arn");
    }

    @Test
    void the_sets_begin_with_the_list_that_is_shipped() throws IOException {
        JsonNode shipped = new JsonMapper()
                .readTree(Path.of("src/main/resources/dev/mackerelredmine/webhook/gate/ip-ranges.json")
                        .toFile());
        assertThat(AwsTemplate.texts(EDGE.properties("MackerelIpv4").at("Addresses")))
                .isEqualTo(texts(shipped.path("outgoing")));
        assertThat(AwsTemplate.texts(EDGE.properties("MackerelIpv6").at("Addresses")))
                .isEqualTo(texts(shipped.path("outgoing_ipv6")));
    }

    @Test
    void nothing_is_cached_and_all_goes_by_https() {
        assertThat(BEHAVIOUR.text("CachePolicyId")).isEqualTo(CACHING_DISABLED);
        assertThat(BEHAVIOUR.text("OriginRequestPolicyId")).isEqualTo(ALL_VIEWER_EXCEPT_HOST_HEADER);
        assertThat(BEHAVIOUR.text("ViewerProtocolPolicy")).isEqualTo("https-only");
        assertThat(origin().text("CustomOriginConfig", "OriginProtocolPolicy")).isEqualTo("https-only");
    }

    @Test
    void cloudfront_shows_the_key_that_the_api_wants() {
        assertThat(origin().at("OriginCustomHeaders").items()).singleElement().satisfies(header -> {
            assertThat(header.text("HeaderName")).isEqualTo("x-api-key");
            assertThat(header.text("HeaderValue")).isEqualTo("EdgeApiKey");
        });
        assertThat(SERVICE.properties("Key").text("Value")).isEqualTo("EdgeApiKey");
    }

    private static RouteFiles.Node origin() {
        return EDGE.properties("Distribution")
                .at("DistributionConfig", "Origins")
                .items()
                .findFirst()
                .orElseThrow();
    }

    private static int number(RouteFiles.Node node, String name) {
        return Integer.parseInt(node.text(name));
    }

    private static int seconds(String duration) {
        assertThat(duration).matches("\\d+s");
        return Integer.parseInt(duration.replace("s", ""));
    }

    private static String defaultOf(String setting) throws IOException {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(file);
        }
        return properties.getProperty(setting);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
