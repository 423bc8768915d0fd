package dev.mackerelredmine.mackerel;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * JSON as this package reads and writes it: numbers exactly as they were sent, characters well-formed. What is not
 * JSON, too deep, too long or followed by more is refused; of a field that comes twice the last one counts.
 */
final class Json {
    private static final int REPLACEMENT_CHARACTER = 0xFFFD;
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxNumberLength(1000)
                            .maxNameLength(1000)
                            .maxTokenCount(100_000)
                            .build())
                    .errorReportConfiguration(ErrorReportConfiguration.builder()
                            .maxErrorTokenLength(30)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    static JsonNode parse(String text) {
        if (text == null || text.isBlank()) {
            throw new UnreadableNotificationException("empty, expected a JSON object");
        }
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException problem) {
            throw Problems.notJson(problem);
        } catch (NumberFormatException problem) {
            throw new UnreadableNotificationException("not readable as JSON: a number is out of range");
        }
    }

    static Notification notification(ObjectNode fields) {
        try {
            String sent = MAPPER.writeValueAsString(fields);
            if (StandardCharsets.UTF_8.newEncoder().canEncode(sent)) {
                return withItself(fields, sent);
            }
            ObjectNode wellFormed = (ObjectNode) MAPPER.readTree(wellFormed(sent));
            return withItself(wellFormed, MAPPER.writeValueAsString(wellFormed));
        } catch (JsonMappingException problem) {
            throw Problems.wrongField(problem, fields);
        } catch (JsonProcessingException problem) {
            throw Problems.notJson(problem);
        }
    }

    /** Of the line that another one holds. */
    static Notification notification(String line) {
        try {
            return withItself((ObjectNode) MAPPER.readTree(line), line);
        } catch (JsonProcessingException problem) {
            throw Problems.notJson(problem);
        }
    }

    private static Notification withItself(ObjectNode fields, String line) throws JsonProcessingException {
        ObjectNode all = MAPPER.createObjectNode();
        all.setAll(fields);
        return MAPPER.treeToValue(all.put("json", line), Notification.class);
    }

    /** Half of a surrogate pair can be escaped in JSON, and cannot be written in UTF-8. Two names can become the same one. */
    private static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT_CHARACTER : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
