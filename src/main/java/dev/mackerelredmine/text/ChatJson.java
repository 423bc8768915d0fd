package dev.mackerelredmine.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** A message as the incoming webhooks of Slack, Mattermost and Google Chat take it: {@code {"text": "..."}}. */
public final class ChatJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ChatJson() {}

    public static String of(String message) {
        try {
            return JSON.writeValueAsString(Map.of("text", message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text can be written as JSON", e);
        }
    }
}
