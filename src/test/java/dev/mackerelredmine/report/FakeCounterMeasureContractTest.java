package dev.mackerelredmine.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.RedmineCaller;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("fast")
final class FakeCounterMeasureContractTest extends CounterMeasureContract {

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    private final Map<String, Integer> issues = new HashMap<>();

    @Override
    protected JsonNode get(String path, String query) {
        return person().get(path + "?" + query).json();
    }

    @Override
    protected String project() {
        return "alert";
    }

    @Override
    protected String tracker() {
        return "Alert";
    }

    @Override
    protected void make(String subject, LocalDate due, Instant at) {
        passUntil(at);
        Map<String, Object> issue = new HashMap<>(Map.of(
                "subject",
                subject,
                "tracker_id",
                REDMINE.id("tracker_alert"),
                "assigned_to_id",
                REDMINE.id("user_dev")));
        if (due != null) {
            issue.put("due_date", due.toString());
        }
        JsonNode made = person().post("/projects/alert/issues.json", issue).json();
        issues.put(subject, made.at("/issue/id").asInt());
    }

    @Override
    protected void close(String subject, Instant at) {
        passUntil(at);
        person().put("/issues/" + issues.get(subject) + ".json", Map.of("status_id", REDMINE.id("status_closed")));
    }

    private static void passUntil(Instant at) {
        REDMINE.clockApart(Duration.between(Instant.now(), at));
    }

    private static RedmineCaller person() {
        return new RedmineCaller(REDMINE.url(), REDMINE.id("key_dev"));
    }
}
