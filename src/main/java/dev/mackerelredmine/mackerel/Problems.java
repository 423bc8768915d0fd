package dev.mackerelredmine.mackerel;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says in one line, for people, what Jackson found wrong; repeats at most thirty characters of what came. */
final class Problems {
    private static final int MOST_REPEATED = 30;
    private static final Pattern JACKSON_ADVICE =
            Pattern.compile(", from `[^`]*`|: enable `.*` to allow| \\((consider enabling|for \\w+ starting at) .*\\)");

    private Problems() {}

    static UnreadableNotificationException notJson(JsonProcessingException problem) {
        String place = place(problem.getLocation());
        return new UnreadableNotificationException("not readable as JSON: " + why(problem) + place);
    }

    private static String why(JsonProcessingException problem) {
        if (problem instanceof JsonEOFException) {
            return "it ends too early";
        }
        if (problem instanceof MismatchedInputException) {
            return "something follows after the end";
        }
        return printable(JACKSON_ADVICE.matcher(problem.getOriginalMessage()).replaceAll(""));
    }

    private static String place(JsonLocation place) {
        return place == null ? "" : ", at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    static UnreadableNotificationException wrongField(JsonMappingException problem, JsonNode fields) {
        StringBuilder path = new StringBuilder();
        JsonNode found = fields;
        for (JsonMappingException.Reference step : problem.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
                found = found.path(step.getIndex());
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
                found = found.path(step.getFieldName());
            }
        }
        return new UnreadableNotificationException(path + " is " + difference(problem, found));
    }

    private static String difference(JsonMappingException problem, JsonNode found) {
        if (problem instanceof ValueInstantiationException) {
            return quoted(found.asText()) + ", expected one of " + AlertStatus.words();
        }
        if (problem instanceof MismatchedInputException mismatch) {
            return kind(found) + ", expected " + expected(mismatch.getTargetType());
        }
        return "out of range";
    }

    private static String expected(Class<?> type) {
        if (type == AlertStatus.class) {
            return "one of " + AlertStatus.words();
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case NULL, MISSING -> "null";
            default -> "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String quoted(String word) {
        boolean isLong = word.codePointCount(0, word.length()) > MOST_REPEATED;
        String start = isLong ? word.substring(0, word.offsetByCodePoints(0, MOST_REPEATED)) + "…" : word;
        return '"' + printable(start) + '"';
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
