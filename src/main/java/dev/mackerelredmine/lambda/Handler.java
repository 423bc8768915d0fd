package dev.mackerelredmine.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.FunctionCamel;
import dev.mackerelredmine.FunctionCamel.Answer;
import dev.mackerelredmine.FunctionCamel.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lambda function: whatever brings a notification, it goes the way of the service's own posts. Each source is told of a failure in its
 * own way: HTTP by a status; SQS by the messages that are to come again, with the later ones of their group; all others by an error of
 * the function.
 */
public final class Handler implements RequestStreamHandler {

    /** So much has to be left for another delivery. */
    private static final int ENOUGH_FOR_A_DELIVERY = 12_000;

    private static final Logger LOG = LoggerFactory.getLogger(Handler.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FunctionCamel function;

    /** In the phase of initialisation, once for each environment. */
    public Handler() {
        this(FunctionCamel.start(System.getenv()));
    }

    Handler(FunctionCamel function) {
        this.function = function;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JSON.writeValue(output, handle(JSON.readTree(input), deadline(context)));
    }

    private static Deadline deadline(Context context) {
        return () -> context.getRemainingTimeInMillis() < ENOUGH_FOR_A_DELIVERY;
    }

    private ObjectNode handle(JsonNode event, Deadline deadline) throws IOException {
        if (event.path("Records").isArray()) {
            return messages(event.path("Records"), deadline);
        }
        if (HttpEvent.isOne(event)) {
            HttpEvent request = new HttpEvent(event);
            return request.answer(answer(request, deadline));
        }
        if (event.path("detail-type").asText().equals("Scheduled Event")) {
            function.deliver(deadline);
            return JSON.createObjectNode();
        }
        Answer answer = function.take(JSON.writeValueAsBytes(event), deadline);
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
        return function.take(request.body(), deadline);
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
        if (deadline.isNear()) {
            return false;
        }
        byte[] body = message.path("body").asText().getBytes(StandardCharsets.UTF_8);
        Answer answer = function.take(body, deadline);
        if (!answer.isTaken()) {
            LOG.warn(
                    "Message {} was not taken, and comes again: {}",
                    message.path("messageId").asText(),
                    answer.body());
        }
        return answer.isTaken();
    }
}
