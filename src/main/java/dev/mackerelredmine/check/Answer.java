package dev.mackerelredmine.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/**
 * What Redmine answered to one question.
 *
 * @param status 0 where there was no answer
 * @param json missing where the answer was not JSON
 * @param location where a redirect leads to, or null
 * @param failure why this is no answer in the 200s, or null
 */
record Answer(int status, JsonNode json, String location, String failure) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    static Answer good(byte[] body) {
        return new Answer(200, read(body), null, null);
    }

    static Answer failed(int status, byte[] body, String location, String failure) {
        return new Answer(status, read(body), location, failure);
    }

    boolean isGood() {
        return failure == null && json.isObject();
    }

    JsonNode at(String pointer) {
        return json.at(JsonPointer.compile(pointer));
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
