package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.people.AcknowledgementRule;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.people.Journals;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.TryAgainException;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Created;
import dev.mackerelredmine.ticket.PendingWrite.Intent;
import dev.mackerelredmine.ticket.PendingWrite.Marks;
import dev.mackerelredmine.ticket.Reported;
import dev.mackerelredmine.ticket.TicketState;
import dev.mackerelredmine.ticket.TicketState.Shown;
import dev.mackerelredmine.ticket.policy.Policy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is on a ticket that somebody had, and that we open again: nobody, from the moment in which Redmine has done it. */
abstract class ReopenedTicketContract {

    private static final long ISSUE = 42;
    private static final TicketState OPEN = state(null);
    private static final AcknowledgementRule RULE =
            new AcknowledgementRule(EnumSet.of(How.ASSIGNEE, How.STATUS, How.NOTE), Set.of());
    /** Hanako takes it, and we close it. */
    private static final Journals CLOSED = Journals.of("h:take us:s5");

    private static final Journals REOPENED = CLOSED.and("us:s1+note");

    private final MovableClock clock = new MovableClock();
    private TestDatabase database;
    private Store store;
    private Problem problem;
    private AlertHistory history;
    private Intent reopening;

    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void a_ticket_that_somebody_has_is_about_to_be_opened_again() throws Exception {
        database = database();
        Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
        store = new Store(
                new StoreOptions(database.address(), "redmine", false, backoff, Duration.ofMinutes(5)),
                new NotificationReader(),
                clock);
        store.open();
        keep();
        store.tickets().beginCreation(problem, history, Policy.of("alert"));
        store.tickets().created(history, new Created(ISSUE, "it fires", 1, reported(), OPEN));
        store.deliveries().delivered(problem);
        database.execute("UPDATE ticket SET escalation = 'critical-alerts'");
        read(CLOSED, clock.instant());
        keep();
        goOn();
        reopening = reopening(OPEN);
        begin();
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        database.drop();
    }

    private void keep() {
        store.inbox().keep(critical().notification(), null);
        problem = store.deliveries().claim();
        long alert = store.deliveries().undelivered(problem).get(0);
        history = store.deliveries().history(problem, alert);
    }

    private void begin() throws TryAgainException {
        store.tickets().beginUpdate(problem, history, reopening);
        goOn();
    }

    private static TicketState state(Long closedAt) {
        return new TicketState(
                new Shown(1L, 2L, null, "CRITICAL: web1 CPU %", null), 1L, closedAt, 1, false, List.of());
    }

    private Reported reported() {
        return new Reported(history.newest(), history.newest(), 0, Instant.EPOCH, false);
    }

    private Intent reopening(TicketState state) {
        return new Intent(
                history.alert(), history.last(), "reopen", "it fires again", "note-1", Marks.of(reported()), state);
    }

    private void goOn() {
        clock.goOn(Duration.ofSeconds(1));
    }

    private Instant now() {
        goOn();
        return clock.instant();
    }

    /** Redmine shows it so. */
    private void read(Journals journals, Instant askedAt) {
        long ofPerson = RULE.newestOfPerson(journals.issue(ISSUE), Journals.US);
        store.people()
                .read(
                        journals.issue(ISSUE),
                        askedAt,
                        ofPerson,
                        before -> RULE.of(journals.issue(ISSUE), Journals.US, before));
    }

    private WatchedTicket ticket() {
        return store.people().ofIssue(ISSUE).orElseThrow();
    }

    private String whoHasIt() {
        WhoIsOnIt who = ticket().whoIsOnIt();
        return who.hasSomebody() ? who.acknowledged().by().name() : "nobody";
    }

    private List<String> acknowledgements() throws SQLException {
        return database.found("SELECT why FROM step WHERE action = 'acknowledge' ORDER BY id");
    }

    @Test
    void nobody_has_it_and_it_escalates() {
        assertThat(whoHasIt()).isEqualTo("Hanako");
        assertThat(store.escalations().toBegin()).isEmpty();

        store.tickets().updated(history, reopening);

        assertThat(whoHasIt()).isEqualTo("nobody");
        assertThat(store.people().unacknowledged()).isOne();
        assertThat(store.escalations().toBegin()).hasSize(1);
    }

    @Test
    void its_journals_are_to_be_read_and_say_the_same() throws SQLException {
        store.tickets().updated(history, reopening);
        assertThat(ticket().isToBeRead()).isTrue();

        read(REOPENED, now());

        assertThat(ticket().isToBeRead()).isFalse();
        assertThat(whoHasIt()).isEqualTo("nobody");
        assertThat(acknowledgements()).hasSize(1);
        assertThat(ticket().whoIsOnIt().ended().how()).isEqualTo(How.REOPENED);
    }

    @Test
    void an_answer_from_before_gives_it_to_nobody() throws SQLException {
        Instant before = clock.instant();
        goOn();
        store.tickets().updated(history, reopening);

        read(CLOSED, before);
        read(CLOSED, null);
        read(CLOSED.and("t:note"), before);

        assertThat(whoHasIt()).isEqualTo("nobody");
        assertThat(ticket().isToBeRead()).isTrue();
        assertThat(acknowledgements()).hasSize(1);
    }

    @Test
    void who_takes_it_then_has_it_and_that_is_said_once() throws SQLException {
        store.tickets().updated(history, reopening);

        read(REOPENED.and("t:take"), now());
        read(REOPENED.and("t:take"), now());

        assertThat(whoHasIt()).isEqualTo("Taro");
        assertThat(acknowledgements()).hasSize(2);
    }

    @Test
    void who_was_seen_to_take_it_before_the_answer_came_keeps_it_until_it_is_read() throws SQLException {
        read(REOPENED.and("t:take"), now());
        goOn();
        store.tickets().updated(history, reopening);
        assertThat(whoHasIt()).isEqualTo("Taro");
        assertThat(ticket().isToBeRead()).isTrue();

        read(REOPENED.and("t:take"), now());

        assertThat(whoHasIt()).isEqualTo("Taro");
        assertThat(acknowledgements()).hasSize(2);
    }

    @Test
    void who_was_seen_to_take_it_before_redmine_did_it_has_it_no_more_once_it_is_read() {
        read(CLOSED.and("t:take"), now());
        goOn();
        store.tickets().updated(history, reopening);

        read(CLOSED.and("t:take us:s1+note"), now());

        assertThat(whoHasIt()).isEqualTo("nobody");
    }

    @Test
    void whoever_took_it_since_an_outcome_that_was_not_known_keeps_it() {
        read(REOPENED.and("t:take"), null);

        store.tickets().noteFound(store.deliveries().history(problem, history.alert()));

        assertThat(whoHasIt()).isEqualTo("Taro");
    }

    @Test
    void whoever_has_it_keeps_it_where_redmine_did_not_open_it() throws TryAgainException {
        store.tickets().updated(history, reopening, state(1795132830L));

        assertThat(whoHasIt()).isEqualTo("Hanako");
        assertThat(ticket().isToBeRead()).isFalse();
    }
}
