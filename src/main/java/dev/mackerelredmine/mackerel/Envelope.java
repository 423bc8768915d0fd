package dev.mackerelredmine.mackerel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/**
 * What a notification can be wrapped in on its way: API Gateway puts the text under {@code body}, EventBridge the
 * object under {@code detail}. One with nothing readable in it is refused, as are more than three inside each other.
 */
final class Envelope {
    private static final int DEEPEST = 3;

    private Envelope() {}

    /** The notification itself, whether it was in an envelope or not. */
    static ObjectNode open(JsonNode sent) {
        return open(sent, 0);
    }

    private static ObjectNode open(JsonNode sent, int opened) {
        if (!(sent instanceof ObjectNode fields)) {
            throw new UnreadableNotificationException("not a JSON object but " + Problems.kind(sent));
        }
        if (isNotification(fields)) {
            return fields;
        }
        if (opened == DEEPEST) {
            throw new UnreadableNotificationException("more than " + DEEPEST + " envelopes, one inside the other");
        }
        String pocket = isFromEventBridge(fields) ? "detail" : "body";
        try {
            return open(content(fields, pocket), opened + 1);
        } catch (UnreadableNotificationException problem) {
            throw new UnreadableNotificationException(pocket + ": " + problem.getMessage());
        }
    }

    private static boolean isNotification(ObjectNode fields) {
        boolean saysWhatItIs = fields.has("event") || fields.has("alert");
        return saysWhatItIs || !isFromEventBridge(fields) && !fields.has("body");
    }

    private static boolean isFromEventBridge(ObjectNode fields) {
        return fields.has("detail-type") && fields.has("detail");
    }

    private static JsonNode content(ObjectNode envelope, String pocket) {
        JsonNode content = envelope.get(pocket);
        if (!content.isTextual()) {
            return content;
        }
        boolean isBase64 = envelope.path("isBase64Encoded").asBoolean();
        return Json.parse(isBase64 ? decoded(content.asText()) : content.asText());
    }

    private static String decoded(String base64) {
        try {
            return Utf8.decode(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException problem) {
            throw new UnreadableNotificationException("not Base64, though isBase64Encoded says so");
        }
    }
}
