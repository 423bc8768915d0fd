package dev.mackerelredmine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.store.PendingAction;
import java.io.IOException;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.lambda.Lambda2Constants;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/**
 * What a Lambda function is told of a change of a ticket, and what it answers. No method names a class of AWS's: without the part for AWS
 * Camel could not look at this bean.
 */
public final class LambdaActions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NotificationReader READER = new NotificationReader();

    private final boolean acts;
    private final String redmine;
    private final CamelContext camelContext;

    LambdaActions(boolean acts, String redmine, CamelContext camelContext) {
        this.acts = acts;
        this.redmine = redmine;
        this.camelContext = camelContext;
    }

    /**
     * What the function gets.
     *
     * @param id the same where the same change is told once more
     * @param action what was done to the ticket: create, note, close, reopen, join
     * @param notification what Mackerel posted
     */
    public record Payload(String id, String action, Ticket ticket, Notification notification) {
        public record Ticket(long number, String url) {}

        private byte[] json() throws JsonProcessingException {
            ObjectNode fields = JSON.createObjectNode().put("id", id).put("action", action);
            fields.putPOJO("ticket", ticket).set("notification", JSON.readTree(notification.json()));
            return JSON.writeValueAsBytes(fields);
        }
    }

    /** Where something is to be done, AWS's client is needed, and found out about at the start. */
    public void start() {
        if (acts) {
            try {
                camelContext.getRegistry().bind("lambdaClient", AwsLambda.client());
            } catch (NoClassDefFoundError e) {
                throw new SettingsException(List.of(SettingNames.both("ticket.actions")
                        + " takes the part for AWS (mackerel-redmine-aws), to be unpacked over this installation"));
            } catch (RuntimeException e) {
                throw new SettingsException(List.of(SettingNames.both("ticket.actions")
                        + " needs to know of AWS: set AWS_REGION. It says: " + e.getMessage()));
            }
        }
    }

    public Payload payload(PendingAction action) {
        return new Payload(
                action.name(),
                action.kind(),
                new Payload.Ticket(action.issue(), redmine + "/issues/" + action.issue()),
                READER.readText(action.notification()));
    }

    /** @param waits "false": the function is started, and nobody waits for what it answers */
    public Object request(String function, String waits, Payload payload) throws JsonProcessingException {
        return InvokeRequest.builder()
                .functionName(function)
                .invocationType("false".equals(waits) ? InvocationType.EVENT : InvocationType.REQUEST_RESPONSE)
                .payload(SdkBytes.fromByteArray(payload.json()))
                .build();
    }

    /** The note that the function wants on the ticket, or null. A function that failed was answered with 200, too. */
    public String note(Exchange exchange) throws IOException {
        String answer = exchange.getMessage().getBody(String.class);
        if (exchange.getMessage().getHeader(Lambda2Constants.FUNCTION_ERROR) != null) {
            throw new IOException("the function failed: " + answer);
        }
        if (answer == null || answer.isBlank()) {
            return null;
        }
        JsonNode note = JSON.readTree(answer).path("note");
        return note.isTextual() && !note.asText().isBlank() ? note.asText() : null;
    }
}
