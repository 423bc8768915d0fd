package dev.mackerelredmine.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.lambda.Function.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A request, as API Gateway (REST and HTTP), a function's URL and a load balancer bring it. They differ in where the method stands, in
 * whether names of headers keep their case, in whether each header has one value or several, and in what the answer has to have.
 */
final class HttpEvent {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode event;

    HttpEvent(JsonNode event) {
        this.event = event;
    }

    static boolean isOne(JsonNode event) {
        return event.path("requestContext").isObject();
    }

    boolean isPost() {
        String ofHttpApi =
                event.path("requestContext").path("http").path("method").asText();
        return event.path("httpMethod").asText(ofHttpApi).equals("POST");
    }

    /** The path to which it was posted, without the name of a stage. */
    String path() {
        return event.path("path").asText(event.path("rawPath").asText(null));
    }

    /** All values of a header whose name is given in small letters. */
    List<String> headers(String name) {
        return Stream.of(event.path("headers"), event.path("multiValueHeaders"))
                .flatMap(headers -> headers.properties().stream())
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> values(header.getValue()))
                .distinct()
                .toList();
    }

    private static Stream<String> values(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText)
                : Stream.of(value.asText());
    }

    /** What was posted; what says that it is Base64, and is not, is left as it is, and then is no notification. */
    byte[] body() {
        String body = event.path("body").asText("");
        if (event.path("isBase64Encoded").asBoolean()) {
            try {
                return Base64.getDecoder().decode(body);
            } catch (IllegalArgumentException notBase64) {
                return body.getBytes(StandardCharsets.UTF_8);
            }
        }
        return body.getBytes(StandardCharsets.UTF_8);
    }

    ObjectNode answer(Answer answer) {
        ObjectNode fields = JSON.createObjectNode();
        fields.put("statusCode", answer.status()).put("isBase64Encoded", false).put("body", answer.body());
        boolean isOfLoadBalancer = event.path("requestContext").has("elb");
        if (isOfLoadBalancer) {
            fields.put("statusDescription", answer.status() + (answer.isTaken() ? " Accepted" : " Refused"));
        }
        if (isOfLoadBalancer && event.path("multiValueHeaders").isObject()) {
            fields.putObject("multiValueHeaders").putArray("Content-Type").add(answer.contentType());
        } else {
            fields.putObject("headers").put("Content-Type", answer.contentType());
        }
        return fields;
    }
}
