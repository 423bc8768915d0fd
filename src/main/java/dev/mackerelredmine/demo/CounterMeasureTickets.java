package dev.mackerelredmine.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mackerelredmine.redmine.Issue.Named;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The tickets of counter-measures, as a Redmine of one project shows them. It answers what the report asks, and fails at anything else. */
public final class CounterMeasureTickets {

    /** By this name the route finds them. */
    static final String NAME = "counterMeasureTickets";

    public static final String PROJECT = "shop";
    public static final String TRACKER = "Counter-measure";

    private static final Named OF_TRACKER = new Named(4, TRACKER);

    private final Supplier<ZoneId> zone;
    private final List<Ticket> tickets = new ArrayList<>();

    /** @param zone in which the days of Redmine's filters are */
    public CounterMeasureTickets(Supplier<ZoneId> zone) {
        this.zone = zone;
    }

    private record Ticket(
            long number, String subject, Named assignee, LocalDate due, Instant madeAt, Instant closedAt) {

        boolean isClosed() {
            return closedAt != null;
        }
    }

    /** @param due null: no day */
    public synchronized void make(long number, String subject, Named assignee, LocalDate due, Instant at) {
        tickets.add(new Ticket(number, subject, assignee, due, at.truncatedTo(ChronoUnit.SECONDS), null));
    }

    public synchronized void close(String subject, Instant at) {
        Instant closed = at.truncatedTo(ChronoUnit.SECONDS);
        tickets.replaceAll(it -> it.subject().equals(subject)
                ? new Ticket(it.number(), it.subject(), it.assignee(), it.due(), it.madeAt(), closed)
                : it);
    }

    /** Answers a GET as Redmine does. */
    public synchronized byte[] get(String path, String query) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (path.equals("/projects/" + PROJECT + ".json") && query.equals("include=trackers")) {
            addNamed(answer.putObject("project").putArray("trackers").addObject(), OF_TRACKER);
        } else if (path.equals("/projects/" + PROJECT + "/issues.json")) {
            ArrayNode issues = answer.putArray("issues");
            matching(parameters(query)).forEach(ticket -> show(ticket, issues.addObject()));
        } else {
            throw unknown("path " + path);
        }
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private List<Ticket> matching(Map<String, String> query) {
        Predicate<Ticket> filter = ticket -> true;
        Comparator<Ticket> order = Comparator.comparing(Ticket::number);
        long limit = Long.MAX_VALUE;
        for (Map.Entry<String, String> each : query.entrySet()) {
            String value = each.getValue();
            switch (each.getKey()) {
                case "limit" -> limit = Long.parseLong(value);
                case "tracker_id" -> filter = filter.and(it -> value.equals(Long.toString(OF_TRACKER.id())));
                case "status_id" -> filter = filter.and(status(value));
                case "created_on" -> filter = filter.and(it -> isOn(it.madeAt(), value));
                case "closed_on" -> filter = filter.and(it -> it.isClosed() && isOn(it.closedAt(), value));
                case "sort" -> order = order(value, order);
                default -> throw unknown("parameter " + each.getKey());
            }
        }
        return tickets.stream().filter(filter).sorted(order).limit(limit).toList();
    }

    private static Predicate<Ticket> status(String value) {
        return switch (value) {
            case "open" -> ticket -> !ticket.isClosed();
            case "closed" -> Ticket::isClosed;
            default -> throw unknown("status " + value);
        };
    }

    private static Comparator<Ticket> order(String value, Comparator<Ticket> byNumber) {
        return switch (value) {
            case "id" -> byNumber;
            case "closed_on" ->
                Comparator.comparing(Ticket::closedAt, Comparator.nullsFirst(Comparator.naturalOrder()));
            default -> throw unknown("sort " + value);
        };
    }

    private boolean isOn(Instant time, String days) {
        LocalDate day = LocalDate.ofInstant(time, zone.get());
        if (days.startsWith("><")) {
            String[] ends = days.substring(2).split("\\|");
            return !day.isBefore(LocalDate.parse(ends[0])) && !day.isAfter(LocalDate.parse(ends[1]));
        }
        if (days.startsWith("<=")) {
            return !day.isAfter(LocalDate.parse(days.substring(2)));
        }
        throw unknown("filter " + days);
    }

    private static IllegalArgumentException unknown(String what) {
        return new IllegalArgumentException("nobody of the demonstration answers the " + what);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : query.split("&")) {
            String[] parts = each.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void show(Ticket ticket, ObjectNode issue) {
        issue.put("id", ticket.number()).put("subject", ticket.subject());
        addNamed(issue.putObject("tracker"), OF_TRACKER);
        if (ticket.assignee() != null) {
            addNamed(issue.putObject("assigned_to"), ticket.assignee());
        }
        issue.put("due_date", ticket.due() == null ? null : ticket.due().toString());
        issue.put("created_on", ticket.madeAt().toString());
        issue.put("closed_on", ticket.isClosed() ? ticket.closedAt().toString() : null);
    }

    private static void addNamed(ObjectNode node, Named named) {
        node.put("id", named.id()).put("name", named.name());
    }
}
