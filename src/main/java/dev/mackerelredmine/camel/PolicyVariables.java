package dev.mackerelredmine.camel;

import dev.mackerelredmine.ticket.policy.OnCall;
import dev.mackerelredmine.ticket.policy.Policy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what policy.camel.yaml decided out of the variables that it set. They are gone then, so that what was decided for one alert is not
 * left over for the next.
 */
public final class PolicyVariables {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyVariables.class);

    static final String PREFIX = "ticket.";

    static final List<String> NAMES = List.of(
            "ticket.project",
            "ticket.tracker",
            "ticket.status",
            "ticket.priority",
            "ticket.assignee",
            "ticket.category",
            "ticket.watchers",
            "ticket.dueDate",
            "ticket.unanswered-after",
            "ticket.escalation",
            "ticket.incident",
            "ticket.skip");

    static final Pattern FIELD = Pattern.compile("ticket\\.field\\.(\\d{1,18})");

    private final OnCallNames onCall;
    private final String assigned;

    /** @param assigned whom the settings assign: where that is a rota, it is asked as if the policy had named it */
    public PolicyVariables(OnCallNames onCall, String assigned) {
        this.onCall = onCall;
        this.assigned = OnCall.isMeant(assigned) ? assigned : null;
    }

    public Policy read(Exchange exchange) {
        return new Policy(
                taken(exchange, "project"),
                taken(exchange, "tracker"),
                taken(exchange, "status"),
                taken(exchange, "priority"),
                assignee(taken(exchange, "assignee")),
                taken(exchange, "category"),
                people(taken(exchange, "watchers")),
                taken(exchange, "dueDate"),
                fields(exchange),
                taken(exchange, "skip"),
                time("ticket.unanswered-after", taken(exchange, "unanswered-after")),
                taken(exchange, "escalation"),
                taken(exchange, "incident"));
    }

    /** For a check: what is wrong with the rotas in which it found nobody. */
    List<String> mistakes(Policy policy) {
        return policy.emptyRotas().stream()
                .flatMap(rota -> onCall.mistake(rota).stream().map(mistake -> "on-call:" + rota + ": " + mistake))
                .toList();
    }

    private String assignee(String decided) {
        return onCall.name(decided == null ? assigned : decided);
    }

    private static String taken(Exchange exchange, String name) {
        String value = exchange.getVariable(PREFIX + name, String.class);
        exchange.removeVariable(PREFIX + name);
        return value == null ? null : value.strip();
    }

    /** A mistake in it does not stop the ticket. */
    private static Duration time(String name, String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.equals("0") || text.matches("(\\d{1,5}[dhms])+")) {
            return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
        }
        LOG.warn(
                "The routing policy sets {} to \"{}\", which is neither 0 nor a time such as 10m: the setting is used instead",
                name,
                text);
        return null;
    }

    private List<String> people(String names) {
        return names == null
                ? List.of()
                : Arrays.stream(names.split(","))
                        .map(String::strip)
                        .map(onCall::name)
                        .toList();
    }

    /** Those named ticket.field.12: each holds a text, or several texts in a list. */
    private static Map<Long, Object> fields(Exchange exchange) {
        Map<Long, Object> fields = new HashMap<>();
        for (String name : List.copyOf(exchange.getVariables().keySet())) {
            Matcher field = FIELD.matcher(name);
            if (field.matches()) {
                Object value = exchange.removeVariable(name);
                if (value != null) {
                    fields.put(Long.valueOf(field.group(1)), texts(exchange, value));
                }
            }
        }
        return fields;
    }

    private static Object texts(Exchange exchange, Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(one -> text(exchange, one)).toList()
                : text(exchange, value);
    }

    private static String text(Exchange exchange, Object value) {
        return exchange.getContext()
                .getTypeConverter()
                .convertTo(String.class, exchange, value)
                .strip();
    }
}
