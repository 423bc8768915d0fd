package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What Redmine answered to one question.
 *
 * @param status 0 where there was no answer
 * @param text the body, or null where there was none
 * @param json missing where the answer was not JSON
 * @param location where a redirect leads to, or null
 * @param ahead how far the clock that answered is ahead of ours, as far as that is known; null where it showed no time
 * @param failure why this is no answer in the 200s, or null
 */
record Answer(int status, String text, JsonNode json, String location, Duration ahead, String failure) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    static Answer good(byte[] body, Duration ahead) {
        return new Answer(200, text(body), read(body), null, ahead, null);
    }

    static Answer failed(int status, byte[] body, String location, String failure) {
        return new Answer(status, text(body), read(body), location, null, failure);
    }

    /** Redmine's answer to a change that it made has no body. */
    boolean isDone() {
        return failure == null;
    }

    boolean isGood() {
        return failure == null && json.isObject();
    }

    JsonNode at(String pointer) {
        return json.at(JsonPointer.compile(pointer));
    }

    private static String text(byte[] body) {
        return body == null ? null : new String(body, StandardCharsets.UTF_8);
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode json = body == null ? null : JSON.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
