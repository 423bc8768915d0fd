package fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Notifications that say the same thing wherever something can be said. */
final class Everywhere {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NotificationReader READER = new NotificationReader();
    private static final Pattern SEEN = Pattern.compile("[^\\s\\p{Cc}\\p{Z}\\u202A-\\u202E\\u2066-\\u2069]|[\\u00A0\\u2007\\u202F]");

    private Everywhere() {}

    /** The same number of lines; those in which nothing is seen are blank, or hold a character that is no blank either. */
    static String harmless(String said) {
        return Arrays.stream(said.split("\\R", -1))
                .map(line -> SEEN.matcher(line).find() ? "x" : line.isBlank() ? "" : "\0")
                .collect(Collectors.joining("\n"));
    }

    static Notification firing(String said) {
        return READER.readText(fields(said, "critical").toString());
    }

    static Notification over(String said) {
        return READER.readText(fields(said, "ok").toString());
    }

    private static ObjectNode fields(String said, String status) {
        ObjectNode fields = JSON.createObjectNode();
        fields.put("event", "alert").put("orgName", said).put("message", said).put("memo", said);
        fields.putObject("user").put("screenName", said);
        fields.putObject("service").put("name", said);
        ObjectNode host = fields.putObject("host");
        host.put("id", "1").put("name", said).put("memo", said).put("status", said);
        host.put("url", "https://mackerel.io/hosts/1?" + said);
        host.putArray("roles").addObject().put("fullname", said).put("roleUrl", "https://mackerel.io/services/S#role=" + said);
        ObjectNode alert = fields.putObject("alert");
        alert.put("id", said).put("status", status).put("trigger", said).put("url", "https://mackerel.io/alerts/1?" + said);
        alert.put("openedAt", 1795132800).put("closedAt", 1795134300).put("statusChangedAt", 1795134300);
        alert.put("monitorName", said).put("metricLabel", said).put("monitorOperator", said);
        alert.put("metricValue", 95.5).put("criticalThreshold", 90).put("duration", 3);
        return fields;
    }
}
