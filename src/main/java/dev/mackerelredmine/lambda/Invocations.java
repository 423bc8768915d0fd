package dev.mackerelredmine.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.lambda.Function.Answer;
import dev.mackerelredmine.lambda.Function.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever brings a notification, it goes the way of the service's own posts. Each source gets a failure in its
 * own way: HTTP by a status; SQS by the messages that are to come again, with the later ones of their group; all others by an error of
 * the function.
 */
public final class Invocations {

    private static final Logger LOG = LoggerFactory.getLogger(Invocations.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function function;

    public Invocations(Function function) {
        this.function = function;
    }

    /** What Lambda is to be answered; what it throws is the function's failure. */
    public ObjectNode handle(JsonNode event, Deadline deadline) throws IOException {
        if (event.path("Records").isArray()) {
            return messages(event.path("Records"), deadline);
        }
        if (HttpEvent.isOne(event)) {
            HttpEvent request = new HttpEvent(event);
            return request.answer(answer(request, deadline));
        }
        if (event.path("detail-type").asText().equals("Scheduled Event")) {
            function.reconcile(deadline);
            function.deliver(deadline);
            return JSON.createObjectNode();
        }
        if (event.path("mackerel-redmine").asText().equals("check")) {
            return JSON.createObjectNode().set("findings", JSON.valueToTree(function.check()));
        }
        Answer answer = function.take(JSON.writeValueAsBytes(event), null, deadline);
        if (!answer.isTaken()) {
            throw new IOException("the event was not taken: " + answer.body());
        }
        return (ObjectNode) JSON.readTree(answer.body());
    }

    private Answer answer(HttpEvent request, Deadline deadline) {
        if (!request.isPost()) {
            return function.noPost();
        }
        if (!function.mayPost(request.headers("x-api-key"), request.headers("authorization"))) {
            return function.noKey();
        }
        return function.take(request.body(), request.path(), deadline);
    }

    /** What fails is to come again, and nothing may overtake it: not what came after it in its group. */
    private ObjectNode messages(JsonNode records, Deadline deadline) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode failures = answer.putArray("batchItemFailures");
        Set<String> stopped = new HashSet<>();
        for (JsonNode message : records) {
            if (!message.path("eventSource").asText().equals("aws:sqs")) {
                throw new IOException("records of "
                        + message.path("eventSource").asText("nobody") + " are not taken, only of aws:sqs");
            }
            String id = message.path("messageId").asText();
            String group = message.path("attributes").path("MessageGroupId").asText("alone " + id);
            if (stopped.contains(group) || !isTaken(message, deadline)) {
                stopped.add(group);
                failures.addObject().put("itemIdentifier", id);
            }
        }
        return answer;
    }

    private boolean isTaken(JsonNode message, Deadline deadline) {
        String id = message.path("messageId").asText();
        if (deadline.isNear()) {
            LOG.warn(
                    "Message {} is left to the next invocation, because less than 20 s of the function's time are left",
                    id);
            return false;
        }
        byte[] body = message.path("body").asText().getBytes(StandardCharsets.UTF_8);
        Answer answer = function.take(body, null, deadline);
        if (!answer.isTaken()) {
            LOG.warn("Message {} was refused, and SQS sends it again: {}", id, answer.body());
        }
        return answer.isTaken();
    }
}
