package dev.mackerelredmine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the report reads of counter-measures, from whoever answers as Redmine does. The week goes from Monday 2026-11-23 to Sunday. */
public abstract class CounterMeasureContract {

    private static final Week WEEK = new Week(LocalDate.parse("2026-11-23"));
    private static final LocalDate DUE = LocalDate.parse("2026-11-27");

    protected abstract JsonNode get(String path, String query);

    protected abstract String project();

    protected abstract String tracker();

    /** Makes a ticket of the tracker in the project, for a person. */
    protected abstract void make(String subject, LocalDate due, Instant at);

    protected abstract void close(String subject, Instant at);

    private CounterMeasures read() throws ReportException {
        return new CounterMeasureReader(this::get, project(), tracker(), null, ZoneOffset.UTC).of(WEEK);
    }

    private static List<String> subjects(List<CounterMeasure> measures) {
        return measures.stream().map(CounterMeasure::subject).toList();
    }

    private static Instant at(String time) {
        return Instant.parse("2026-" + time + "Z");
    }

    @Test
    void what_was_promised_in_the_week_has_what_became_of_it_by_now() throws Exception {
        make("before", null, at("11-22T23:59:00"));
        make("kept", DUE, at("11-23T00:01:00"));
        make("open", null, at("11-29T23:59:00"));
        make("after", null, at("11-30T00:01:00"));
        close("kept", at("12-01T03:00:00"));

        List<CounterMeasure> made = read().made();

        assertThat(subjects(made)).containsExactly("kept", "open");
        assertThat(made.get(0).due()).isEqualTo(DUE);
        assertThat(made.get(0).doneOn()).isEqualTo("2026-12-01");
        assertThat(made.get(0).assignee()).isNotBlank();
        assertThat(made.get(1).due()).isNull();
        assertThat(made.get(1).doneOn()).isNull();
    }

    @Test
    void what_was_done_in_the_week_may_be_promised_earlier() throws Exception {
        make("second", null, at("11-10T03:00:00"));
        make("first", null, at("11-11T03:00:00"));
        make("too early", null, at("11-12T03:00:00"));
        make("too late", null, at("11-12T03:00:00"));
        close("first", at("11-23T00:01:00"));
        close("second", at("11-29T23:59:00"));
        close("too early", at("11-22T23:59:00"));
        close("too late", at("11-30T00:01:00"));

        assertThat(subjects(read().done())).containsExactly("first", "second");
    }

    @Test
    void what_is_open_was_promised_before_the_week() throws Exception {
        make("open", null, at("11-22T23:59:00"));
        make("done", null, at("11-20T03:00:00"));
        make("of the week", null, at("11-23T00:01:00"));
        close("done", at("12-01T03:00:00"));

        assertThat(subjects(read().open())).containsExactly("open");
    }
}
