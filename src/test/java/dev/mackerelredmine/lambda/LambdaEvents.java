package dev.mackerelredmine.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What AWS makes of a notification on each of its ways to a function, in the shapes of its documentation. */
public final class LambdaEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LambdaEvents() {}

    /** By the name of the way. */
    public static Map<String, String> ofAllKinds(String notification) {
        Map<String, String> events = new LinkedHashMap<>();
        events.put("REST API", restApi(notification).toString());
        events.put(
                "REST API, Base64", base64(restApi(notification), notification).toString());
        events.put("HTTP API", httpApi(notification, "execute-api").toString());
        events.put(
                "function URL",
                base64(httpApi(notification, "lambda-url"), notification).toString());
        events.put("load balancer", loadBalancer(notification, false).toString());
        events.put(
                "load balancer, several values",
                loadBalancer(notification, true).toString());
        events.put("SQS", sqs(message("m1", "group", notification)).toString());
        events.put("EventBridge", eventBridge(notification).toString());
        events.put("bare", notification);
        return events;
    }

    static ObjectNode restApi(String notification) {
        ObjectNode event = JSON.createObjectNode().put("resource", "/mackerel").put("path", "/mackerel");
        event.put("httpMethod", "POST").put("body", notification).put("isBase64Encoded", false);
        event.putObject("headers").put("Content-Type", "application/json");
        event.putObject("multiValueHeaders").putArray("Content-Type").add("application/json");
        event.putNull("queryStringParameters");
        event.putObject("requestContext").put("stage", "prod").put("httpMethod", "POST");
        return event;
    }

    private static ObjectNode httpApi(String notification, String domain) {
        ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("routeKey", "POST /mackerel");
        event.put("rawPath", "/mackerel")
                .put("rawQueryString", "")
                .put("body", notification)
                .put("isBase64Encoded", false);
        event.putObject("headers").put("content-type", "application/json");
        event.putObject("requestContext")
                .put("domainName", "id." + domain + ".ap-northeast-1.amazonaws.com")
                .putObject("http")
                .put("method", "POST")
                .put("path", "/mackerel");
        return event;
    }

    private static ObjectNode loadBalancer(String notification, boolean severalValues) {
        ObjectNode event = JSON.createObjectNode().put("httpMethod", "POST").put("path", "/mackerel");
        event.put("body", notification).put("isBase64Encoded", false);
        event.putObject("requestContext").putObject("elb").put("targetGroupArn", "arn:aws:elasticloadbalancing:x");
        if (severalValues) {
            event.putObject("multiValueHeaders").putArray("content-type").add("application/json");
        } else {
            event.putObject("headers").put("content-type", "application/json");
        }
        return event;
    }

    private static ObjectNode base64(ObjectNode event, String body) {
        return event.put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)))
                .put("isBase64Encoded", true);
    }

    public static ObjectNode sqs(ObjectNode... messages) {
        ObjectNode event = JSON.createObjectNode();
        for (ObjectNode message : messages) {
            event.withArray("Records").add(message);
        }
        return event;
    }

    /** One of a FIFO queue, or, without a group, of another. */
    public static ObjectNode message(String id, String group, String body) {
        ObjectNode message = JSON.createObjectNode()
                .put("messageId", id)
                .put("receiptHandle", "h")
                .put("body", body);
        message.put("eventSource", "aws:sqs").put("eventSourceARN", "arn:aws:sqs:ap-northeast-1:123456789012:alerts");
        ObjectNode attributes = message.putObject("attributes").put("ApproximateReceiveCount", "1");
        if (group != null) {
            attributes.put("MessageGroupId", group);
        }
        message.putObject("messageAttributes");
        return message;
    }

    private static ObjectNode eventBridge(String notification) {
        try {
            ObjectNode event = JSON.createObjectNode().put("version", "0").put("id", "e1");
            event.put("detail-type", "Mackerel Alert Notification").put("source", "aws.partner/mackerel.io/example");
            JsonNode detail = JSON.readTree(notification);
            return event.set("detail", detail);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String schedule() {
        return JSON.createObjectNode()
                .put("source", "aws.events")
                .put("detail-type", "Scheduled Event")
                .set("detail", JSON.createObjectNode())
                .toString();
    }
}
