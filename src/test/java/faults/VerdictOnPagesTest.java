package faults;

import static faults.Paged.ENDED;
import static faults.Paged.EXHAUSTED;
import static faults.Paged.T0;
import static faults.Paged.as;
import static faults.Paged.came;
import static faults.Paged.first;
import static faults.Paged.with;
import static faults.Paged.without;
import static org.assertj.core.api.Assertions.assertThat;

import faults.Chat.Received;
import faults.Escalated.Down;
import faults.Escalated.Escalation;
import faults.Escalated.OfTicket;
import faults.Escalated.SentPage;
import faults.Escalated.TakenStep;
import faults.Escalated.TicketAction;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is lost, twice or wrong in the pages of a run. Each record is one in which all was right, but for one thing. */
@Tag("fast")
final class VerdictOnPagesTest {

    private final Escalated record = Paged.record();
    private final SentPage page = first(record, EXHAUSTED);
    private final Received came = received(page);
    private final SentPage ofEnded = first(record, ENDED);

    private static List<String> findings(Escalated record) {
        return new VerdictOnPages(record)
                .findings().stream().map(Verdict.Finding::toString).toList();
    }

    private Received received(SentPage of) {
        return record.received().stream()
                .filter(each -> each.id().equals(of.key()))
                .findFirst()
                .orElseThrow();
    }

    private Escalated with(Received... more) {
        Escalated changed = record;
        for (Received one : more) {
            changed = changed.withReceived(Paged.with(changed.received(), one));
        }
        return changed;
    }

    private Escalated withPage(SentPage before, SentPage after) {
        return record.withPages(Paged.with(without(record.pages(), before), after));
    }

    private Escalated withEscalation(Escalation before, Escalation after) {
        return record.withEscalations(Paged.with(without(record.escalations(), before), after));
    }

    private static Down killed(long at) {
        return new Down(Instant.ofEpochMilli(at), Instant.ofEpochMilli(at + 1000));
    }

    @Test
    void finds_nothing_where_all_was_right() {
        assertThat(findings(record)).isEmpty();
    }

    // --- steps

    @Test
    void finds_a_step_that_was_neither_taken_nor_skipped() {
        TakenStep skipped = record.steps().get(2);

        assertThat(findings(record.withSteps(without(record.steps(), skipped))))
                .containsExactly(
                        "LOST (no alert): escalation 7 of #42, round 1, step 2 was due and neither taken nor skipped");
    }

    @Test
    void finds_a_step_that_was_skipped_for_no_reason() {
        TakenStep skipped = record.steps().get(2);

        assertThat(findings(
                        record.withSteps(Paged.with(without(record.steps(), skipped), new TakenStep(7, 1, 2, " ")))))
                .containsExactly("WRONG (no alert): escalation 7 of #42, round 1, step 2 was skipped without a reason");
    }

    @Test
    void finds_a_person_whom_a_step_forgot() {
        assertThat(findings(
                        record.withPages(without(record.pages(), page)).withReceived(without(record.received(), came))))
                .containsExactly(
                        "LOST (no alert): escalation 7 of #42, round 1, step 0 has no page for hanako Test or taro Test");
    }

    @Test
    void finds_a_page_that_a_step_made_twice() {
        SentPage again = new SentPage(99, 42, 7, "page", 1, 0, "taro Test", "accepted", null);

        assertThat(findings(record.withPages(Paged.with(record.pages(), again))
                        .withReceived(Paged.with(record.received(), came(again, T0 + 300, ChatAnswer.TAKEN)))))
                .singleElement()
                .asString()
                .startsWith("TWICE (no alert): escalation 7 of #42, round 1, step 0 has the pages ");
    }

    @Test
    void finds_a_step_that_is_due_for_long() {
        Escalation stuck = new Escalation(8, 43, T0, 1, 1, T0 + 5000, null, null);

        assertThat(findings(withEscalation(ENDED, stuck)))
                .contains("LOST (no alert): escalation 8 of #43 has a step that is due since 2026-11-30T10:00:05Z")
                .contains(
                        "LOST (no alert): escalation 8 of #43, round 1, step 1 was due and neither taken nor skipped");
    }

    @Test
    void finds_steps_that_were_due_long_before_the_end() {
        Escalation late = new Escalation(8, 43, T0, 1, 1, null, T0 + 24_000, "closed");

        assertThat(findings(withEscalation(ENDED, late)
                        .withTicketActions(
                                without(record.ticketActions(), new TicketAction(43, T0 + 3000, "acknowledge")))))
                .containsExactly(
                        "LOST (no alert): escalation 8 of #43, round 1, step 1 was due and neither taken nor skipped");
    }

    @Test
    void lets_steps_wait_while_the_service_is_down() {
        Escalation late = new Escalation(8, 43, T0, 1, 1, null, T0 + 24_000, "closed");

        assertThat(findings(withEscalation(ENDED, late)
                        .withTicketActions(
                                without(record.ticketActions(), new TicketAction(43, T0 + 3000, "acknowledge")))
                        .withDowns(List.of(killed(T0 + 4000)))))
                .isEmpty();
    }

    @Test
    void takes_a_hand_over_before_the_first_step_for_what_it_is() {
        Escalation handedOver = new Escalation(8, 43, T0 + 5000, 1, 0, null, T0 + 3200, "acknowledged by jiro Test");
        SentPage handOver = new SentPage(ofEnded.id(), 43, 8, "hand-over", 0, 0, ofEnded.person(), "answered", null);

        assertThat(findings(record.withEscalations(List.of(EXHAUSTED, handedOver))
                        .withPages(Paged.with(without(record.pages(), ofEnded), handOver))))
                .isEmpty();
    }

    // --- pages

    @Test
    void finds_a_page_that_counts_as_taken_and_was_not() {
        assertThat(findings(record.withReceived(without(record.received(), came))))
                .singleElement()
                .asString()
                .isEqualTo("LOST (no alert): page 42-1 (page, escalation 7, round 1, step 0, hanako Test)"
                        + " counts as taken, and the chat server took none");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TAKEN", "SLOW"})
    void finds_a_page_that_counts_as_taken_and_got_another_answer(ChatAnswer answer) {
        assertThat(findings(record.withReceived(
                        Paged.with(without(record.received(), came), came(page, T0 + 300, answer)))))
                .singleElement()
                .asString()
                .endsWith(" counts as taken, and the chat server took none");
    }

    @ParameterizedTest
    @CsvSource({"failed,500", "capped,", "dropped,recovered"})
    void takes_a_reason_for_a_page_that_was_not_taken(String state, String why) {
        assertThat(findings(withPage(page, as(page, state, why))
                        .withReceived(Paged.with(
                                without(record.received(), came), came(page, T0 + 300, ChatAnswer.REFUSED_500)))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "dropped"})
    void finds_a_page_that_was_not_taken_for_no_reason(String state) {
        assertThat(findings(withPage(page, as(page, state, "")).withReceived(without(record.received(), came))))
                .singleElement()
                .asString()
                .endsWith(" is " + state + " without a reason");
    }

    @Test
    void finds_a_page_that_waits_at_the_end() {
        assertThat(findings(withPage(page, as(page, "waiting", null))))
                .singleElement()
                .asString()
                .endsWith(" still waits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "dropped", "capped"})
    void finds_a_page_that_was_taken_and_counts_as_not(String state) {
        assertThat(findings(withPage(page, as(page, state, "500"))))
                .singleElement()
                .asString()
                .endsWith(" counts as " + state + ", and the chat server took it");
        assertThat(findings(withPage(page, as(page, state, "500")).withDowns(List.of(killed(T0 + 302)))))
                .isEmpty();
    }

    @Test
    void finds_a_page_that_the_store_does_not_know_or_that_came_to_another_person() {
        Received unknown = new Received(0, came.at(), "42-99", "hanako", "{}", ChatAnswer.TAKEN, came.answered());
        Received other = new Received(0, came.at(), came.id(), "jiro", "{}", came.answer(), came.answered());

        assertThat(findings(with(unknown)))
                .containsExactly("WRONG (no alert): page 42-99 reached the chat server, and the store has none such");
        assertThat(findings(record.withReceived(Paged.with(without(record.received(), came), other))))
                .singleElement()
                .asString()
                .endsWith(" came to jiro");
    }

    // --- nothing after it was settled

    @ParameterizedTest
    @EnumSource
    void finds_a_page_that_came_after_its_escalation_ended(ChatAnswer answer) {
        SentPage second = new SentPage(99, 43, 8, "page", 1, 0, "taro Test", "dropped", "acknowledged");
        Escalated changed = withPage(ofEnded, as(second, "dropped", "acknowledged"))
                .withTicketActions(List.of())
                .withReceived(
                        Paged.with(without(record.received(), received(ofEnded)), came(second, T0 + 8300, answer)));

        assertThat(findings(changed))
                .contains("WRONG (no alert): page 43-99 (page, escalation 8, round 1, step 0, taro Test)"
                        + " came at 2026-11-30T10:00:08.300Z, after its escalation ended (acknowledged by taro Test)");
    }

    @Test
    void lets_a_page_come_that_was_under_way_when_its_escalation_ended() {
        assertThat(findings(record.withReceived(Paged.with(
                        without(record.received(), received(ofEnded)), came(ofEnded, T0 + 8000, ChatAnswer.TAKEN)))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acknowledge", "closed-by-person", "close"})
    void finds_a_page_that_came_after_it_was_stored_that_the_ticket_is_settled(String action) {
        assertThat(findings(record.withTicketActions(
                        Paged.with(record.ticketActions(), new TicketAction(42, T0 + 20_000, action)))))
                .isNotEmpty()
                .allMatch(finding -> finding.endsWith(", after " + action + " at 2026-11-30T10:00:20Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hand-over", "taken-back", "reopen", "join", "worse"})
    void lets_pages_come_once_somebody_has_to_answer_again(String action) {
        assertThat(findings(record.withTicketActions(List.of(
                        new TicketAction(42, T0 - 50, "create"),
                        new TicketAction(42, T0 + 2000, "acknowledge"),
                        new TicketAction(42, T0 + 6000, action)))))
                .isEmpty();
    }

    @Test
    void finds_a_page_that_came_after_it_came_in_that_all_is_over() {
        Escalation recovered = new Escalation(7, 42, T0, 2, 3, null, T0 + 29_000, "recovered");

        assertThat(findings(withEscalation(EXHAUSTED, recovered)
                        .withAlerts(List.of(new OfTicket(42, T0, T0 + 20_000L, null)))))
                .isNotEmpty()
                .allMatch(finding -> finding.endsWith(", after it came in that all is over"));
        assertThat(findings(withEscalation(EXHAUSTED, recovered)
                        .withAlerts(List.of(
                                new OfTicket(42, T0, T0 + 20_000L, null), new OfTicket(42, T0, T0 + 28_000L, null)))))
                .isEmpty();
    }

    @Test
    void lets_those_who_were_paged_know_that_it_is_over() {
        SentPage over = new SentPage(99, 43, 8, "over", 0, 0, "hanako Test", "accepted", null);

        assertThat(findings(record.withPages(Paged.with(record.pages(), over))
                        .withReceived(Paged.with(record.received(), came(over, T0 + 60_000, ChatAnswer.TAKEN)))))
                .isEmpty();
    }

    // --- nothing twice

    @Test
    void finds_a_page_that_came_again_after_it_was_taken() {
        Received again = came(page, T0 + 60_000, ChatAnswer.TAKEN);

        assertThat(findings(with(again)))
                .containsExactly(
                        "TWICE (no alert): page 42-1 came at 2026-11-30T10:01:00Z, although the chat server took"
                                + " it at 2026-11-30T10:00:00.300Z (taken)");
    }

    @Test
    void lets_a_page_come_again_where_a_service_was_killed_before_it_can_have_written_down_the_answer() {
        Received again = came(page, T0 + 60_000, ChatAnswer.TAKEN);

        assertThat(findings(with(again).withDowns(List.of(killed(T0 + 1500))))).isEmpty();
        assertThat(findings(with(again).withDowns(List.of(killed(T0 + 3000))))).isNotEmpty();
        assertThat(findings(with(again).withDowns(List.of(killed(T0 - 1000))))).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TAKEN", "SLOW"})
    void lets_a_page_come_again_after_any_other_answer(ChatAnswer answer) {
        assertThat(findings(with(came(page, T0 + 100, answer)))).isEmpty();
    }
}
