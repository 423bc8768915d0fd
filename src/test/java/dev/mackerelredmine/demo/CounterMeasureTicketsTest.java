package dev.mackerelredmine.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.report.CounterMeasureContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demonstration's people are read as those of a Redmine are. */
@Tag("fast")
final class CounterMeasureTicketsTest extends CounterMeasureContract {

    private final CounterMeasureTickets tickets = new CounterMeasureTickets(() -> ZoneOffset.UTC);
    private long made;

    @Override
    protected JsonNode get(String path, String query) {
        try {
            return new ObjectMapper().readTree(tickets.get(path, query));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected String project() {
        return CounterMeasureTickets.PROJECT;
    }

    @Override
    protected String tracker() {
        return CounterMeasureTickets.TRACKER;
    }

    @Override
    protected void make(String subject, LocalDate due, Instant at) {
        made++;
        tickets.make(made, subject, Story.HANAKO, due, at);
    }

    @Override
    protected void close(String subject, Instant at) {
        tickets.close(subject, at);
    }

    /** Otherwise a question of the report that is new would be answered with too much. */
    @Test
    void what_it_does_not_know_fails() {
        assertThatThrownBy(() -> tickets.get("/projects/shop/issues.json", "author_id=1"))
                .hasMessageContaining("parameter author_id");
        assertThatThrownBy(() -> tickets.get("/users/current.json", ""))
                .hasMessageContaining("path /users/current.json");
    }
}
