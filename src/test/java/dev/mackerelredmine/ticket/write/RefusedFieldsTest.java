package dev.mackerelredmine.ticket.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.ticket.TextLevel;
import dev.mackerelredmine.ticket.write.RefusedFields.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class RefusedFieldsTest {

    private static final Place PLACE = new Place("alert", 4L);
    private static final Map<String, Object> LOCKED = Map.of("assignee", 6L);

    private final MovableClock clock = new MovableClock();
    private final RefusedFields refused = new RefusedFields(clock);

    private void learn(Map<String, Object> fields) {
        refused.learn(PLACE, fields, new LeftOut(fields, false, TextLevel.FULL, List.of("Assignee is invalid")));
    }

    @Test
    void knows_what_was_refused_at_the_same_place_and_why() {
        learn(LOCKED);

        assertThat(refused.of(PLACE, Map.of("assignee", 6L, "category", 3L))).containsExactly("assignee");
        assertThat(refused.errors(PLACE)).containsExactly("Assignee is invalid");
        assertThat(refused.of(new Place("alert", 5L), LOCKED)).isEmpty();
        assertThat(refused.of(new Place("shop", 4L), LOCKED)).isEmpty();
    }

    @Test
    void lets_another_value_pass_until_that_is_refused_too() {
        learn(Map.of("cf_33", "a-long-host"));
        assertThat(refused.of(PLACE, Map.of("cf_33", "db1"))).isEmpty();

        learn(Map.of("cf_33", "another-long-host"));
        assertThat(refused.of(PLACE, Map.of("cf_33", "db1"))).containsExactly("cf_33");
    }

    @Test
    void forgets_it_after_ten_minutes_however_often_it_was_left_out_meanwhile() {
        learn(LOCKED);
        clock.goOn(Duration.ofMinutes(9));
        learn(LOCKED);
        clock.goOn(Duration.ofSeconds(61));

        assertThat(refused.of(PLACE, LOCKED)).isEmpty();
    }

    @Test
    void knows_how_much_text_is_taken() {
        assertThat(refused.text(PLACE)).isEqualTo(TextLevel.FULL);

        refused.learn(PLACE, Map.of(), new LeftOut(Map.of(), false, TextLevel.WITHOUT_NOTIFICATION, List.of()));

        assertThat(refused.text(PLACE)).isEqualTo(TextLevel.WITHOUT_NOTIFICATION);
    }

    @Test
    void takes_the_same_reasons_for_hopeless_for_less_than_a_minute() {
        refused.hopeless(PLACE, List.of("Cost center cannot be blank"));

        assertThat(refused.isHopeless(PLACE, List.of("Cost center cannot be blank")))
                .isTrue();
        assertThat(refused.isHopeless(PLACE, List.of("Assignee is invalid"))).isFalse();

        clock.goOn(Duration.ofSeconds(59));
        assertThat(refused.isHopeless(PLACE, List.of("Cost center cannot be blank")))
                .isFalse();
    }
}
