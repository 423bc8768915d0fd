package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.Numbers;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.incident.GroupingRules;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.observe.RecentRequests;
import dev.mackerelredmine.operate.Operations;
import dev.mackerelredmine.operate.Running;
import dev.mackerelredmine.operate.StatusReader;
import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.Issue.Named;
import dev.mackerelredmine.redmine.NotYetException;
import dev.mackerelredmine.redmine.TryAgainException;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.Created;
import dev.mackerelredmine.ticket.Decision;
import dev.mackerelredmine.ticket.Membership.Role;
import dev.mackerelredmine.ticket.PendingWrite.Intent;
import dev.mackerelredmine.ticket.PendingWrite.Marks;
import dev.mackerelredmine.ticket.Reported;
import dev.mackerelredmine.ticket.TicketAction;
import dev.mackerelredmine.ticket.TicketState;
import dev.mackerelredmine.ticket.TicketState.Shown;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.web.RedmineSide;
import dev.mackerelredmine.web.Standing;
import dev.mackerelredmine.web.Standing.TicketView;
import dev.mackerelredmine.web.Standings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which alerts are an incident together, in whichever database it is kept. */
abstract class IncidentsContract {

    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final long INCIDENT = 900;

    private final MovableClock clock = new MovableClock();
    private TestDatabase database;
    private Store store;
    private Incidents incidents;

    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws Exception {
        database = database();
        Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
        store = new Store(
                new StoreOptions(database.address(), "redmine", false, backoff, Duration.ofMinutes(5)),
                new NotificationReader(),
                clock);
        store.open();
        incidents = incidents(2);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        database.drop();
    }

    private Incidents incidents(int children) {
        return store.incidents(new Incidents.Rules(
                new GroupingRules(3, Duration.ofMinutes(10), Duration.ofHours(4), children), QUIET));
    }

    // --- what comes in

    private static TestAlerts alert(String host, int second) {
        return alert(TestAlerts.critical(), host, second);
    }

    private static TestAlerts alert(TestAlerts status, String host, int second) {
        return status.id(host)
                .host(host)
                .openedAt(OPENED.plusSeconds(second))
                .statusChangedAt(OPENED.plusSeconds(second));
    }

    /** Claimed and looked at, as a delivery does. */
    private record Delivery(Problem problem, AlertHistory history) {}

    private Delivery comesIn(TestAlerts alert) {
        store.inbox().keep(alert.notification(), null);
        return claim();
    }

    private Delivery claim() {
        Problem problem = store.deliveries().claim();
        assertThat(problem).isNotNull();
        return look(problem);
    }

    private Delivery look(Problem problem) {
        List<Long> alerts = store.deliveries().undelivered(problem);
        return new Delivery(problem, store.deliveries().history(problem, alerts.get(0)));
    }

    /** It opens, and its ticket is created, where it is to have one. */
    private AlertHistory opens(String host, int second, long issue) throws Exception {
        return opensAs(TestAlerts.critical(), host, second, issue);
    }

    private AlertHistory opensAs(TestAlerts status, String host, int second, long issue) throws Exception {
        Delivery delivery = comesIn(alert(status, host, second));
        incidents.joins(delivery.problem(), delivery.history(), "Shop");
        Delivery after = look(delivery.problem());
        if (after.history().isMember()) {
            incidents.changed(after.history());
        }
        if (after.history().membership().role() != Role.LINE) {
            created(after, issue);
        } else {
            reported(after);
        }
        return after.history();
    }

    private void created(Delivery delivery, long issue) throws Exception {
        AlertHistory history = delivery.history();
        store.tickets().beginCreation(delivery.problem(), history, Policy.of("alert"));
        TicketState state = new TicketState(new Shown(1L, 2L, null, "", ""), 1L, null, 0, false, List.of());
        Reported all = new Reported(history.newest(), history.newest(), 0, Instant.now(), false);
        store.tickets().created(history, new Created(issue, "it fires", history.last(), all, state));
        store.deliveries().delivered(delivery.problem());
    }

    private void reported(Delivery delivery) {
        try {
            AlertHistory history = delivery.history();
            store.tickets()
                    .reported(
                            delivery.problem(),
                            history,
                            new Decision(
                                    TicketAction.NOTHING,
                                    "a line",
                                    List.of(),
                                    List.of(),
                                    null,
                                    false,
                                    new Reported(history.newest(), history.newest(), 0, Instant.now(), false),
                                    history.ticket().state()));
        } catch (TryAgainException e) {
            throw new AssertionError(e);
        }
        store.deliveries().delivered(delivery.problem());
    }

    /** Three alerts, with their tickets, and the incident's. */
    private void three() throws Exception {
        opens("web1", 0, 1);
        opens("web2", 60, 2);
        opens("db1", 120, 3);
        created(claim(), INCIDENT);
    }

    private String role(String host) throws SQLException {
        List<String> found = database.found("SELECT incident_role FROM alert WHERE alert_key = '" + host + "'");
        return found.get(0);
    }

    private int count(String of) throws SQLException {
        return Integer.parseInt(database.found("SELECT COUNT(*) FROM " + of).get(0));
    }

    private int eventsOfIncident() throws SQLException {
        return count("event WHERE kind = 'incident'");
    }

    // --- what becomes of it

    @Test
    void two_alerts_are_alone() throws Exception {
        assertThat(opens("web1", 0, 1).membership().role()).isNull();
        assertThat(opens("web2", 60, 2).membership().role()).isNull();
        assertThat(count("incident")).isZero();
    }

    @Test
    void the_third_makes_an_incident_which_is_delivered_as_an_alert() throws Exception {
        opens("web1", 0, 1);
        opens("web2", 60, 2);

        assertThat(opens("db1", 120, 3).membership().role()).isEqualTo(Role.CHILD);

        assertThat(role("web1")).isEqualTo("child");
        Delivery incident = claim();
        assertThat(incident.history().isIncident()).isTrue();
        assertThat(incident.history().fires()).isTrue();
        assertThat(incident.history().membership().list().members()).hasSize(3);
        assertThat(incident.history().headline().alert().monitorName()).isEqualTo("Shop");
    }

    /** Its marker is looked for in Redmine, where an earlier store may have left one. */
    @Test
    void a_new_store_names_another_incident_otherwise_and_the_same_one_alike() throws Exception {
        three();
        String first = incident();
        close();
        open();
        three();
        assertThat(incident()).isEqualTo(first);
        close();
        open();
        opens("app1", 0, 1);
        opens("web2", 60, 2);
        opens("db1", 120, 3);

        assertThat(incident()).isNotEqualTo(first);
    }

    private String incident() throws SQLException {
        return database.found("SELECT alert_key FROM alert WHERE incident_role = 'incident'")
                .get(0);
    }

    @Test
    void of_a_long_run_no_more_come_with_it_than_may_have_tickets() throws Exception {
        for (int i = 0; i < 8; i++) {
            opens("web" + i, 301 * i, i + 1);
        }
        assertThat(count("incident")).isZero();

        opens("db1", 301 * 7 + 1, 9);

        assertThat(count("alert WHERE incident_role = 'child'")).isEqualTo(3);
        assertThat(role("web7")).isEqualTo("child");
        assertThat(role("web0")).isNull();
    }

    @Test
    void an_alert_without_a_name_costs_nothing() throws Exception {
        Delivery delivery = comesIn(alert("web1", 0));

        assertThat(incidents.joins(delivery.problem(), delivery.history(), null))
                .isFalse();
        assertThat(count("incident_group")).isZero();
    }

    @Test
    void when_the_incidents_ticket_stands_its_members_tickets_are_to_be_shown_with_it() throws Exception {
        three();

        List<Delivery> links = IntStream.range(0, 3).mapToObj(i -> claim()).toList();

        assertThat(links).allSatisfy(link -> {
            assertThat(link.history().owesLink()).isTrue();
            assertThat(link.history().membership().issue()).isEqualTo(INCIDENT);
            assertThat(link.history().worthTelling())
                    .as("nothing that people read")
                    .isEmpty();
        });
        incidents.linked(links.get(0).history(), "parent");
        assertThat(look(links.get(0).problem()).history().owesLink()).isFalse();
    }

    @Test
    void beyond_the_children_an_alert_is_a_line_and_its_ticket_is_the_incidents() throws Exception {
        three();

        AlertHistory line = opens("web4", 180, 0);

        assertThat(line.membership().role()).isEqualTo(Role.LINE);
        assertThat(line.ticket().issue()).isEqualTo(INCIDENT);
        assertThat(line.ticket().others()).as("read for none of thousands").isEmpty();
        assertThat(store.histories().records("#" + INCIDENT)).hasSize(2);
    }

    @Test
    void a_line_that_came_before_the_incidents_ticket_gets_it_when_it_stands() throws Exception {
        opens("web1", 0, 1);
        opens("web2", 60, 2);
        opens("db1", 120, 3);
        store.inbox().keep(alert("web4", 180).notification(), null);
        Delivery incident = claim();
        Delivery line = claim();
        assertThat(incidents.joins(line.problem(), line.history(), "Shop")).isTrue();
        Delivery after = look(line.problem());
        reported(after);

        created(incident, INCIDENT);

        assertThat(database.found(
                        "SELECT t.issue FROM alert a JOIN ticket t ON t.id = a.ticket_id WHERE a.alert_key = 'web4'"))
                .containsExactly(Long.toString(INCIDENT));
    }

    @Test
    void a_list_is_due_a_minute_after_it_was_written_however_many_come() throws Exception {
        three();
        IntStream.range(0, 3).mapToObj(i -> claim()).forEach(link -> {
            incidents.linked(link.history(), "parent");
            reported(link);
        });
        opens("web4", 180, 0);
        opens("web5", 200, 0);

        assertThat(store.deliveries().claim()).as("not yet").isNull();
        assertThat(count("event WHERE kind = 'incident-list'")).isLessThanOrEqualTo(2);
        clock.goOn(Duration.ofSeconds(61));
        Delivery list = claim();
        assertThat(list.history().waitsForList()).isTrue();
        assertThat(list.history().membership().list().total()).isEqualTo(5);
        incidents.requireDue(list.history());
    }

    /** 10 and 100 alerts are worth a note: it goes with the list. */
    @Test
    void however_much_happens_its_ticket_is_written_once_a_minute() throws Exception {
        three();
        List<Instant> written = new ArrayList<>(List.of(clock.instant()));
        for (int i = 4; i <= 124; i++) {
            clock.goOn(Duration.ofMillis(2500));
            store.inbox().keep(alert("web" + i, 120 + i).notification(), null);
            if (i % 3 == 0) {
                store.inbox()
                        .keep(
                                alert("web" + (i - 1), 119 + i)
                                        .recovered(OPENED.plusSeconds(400))
                                        .notification(),
                                null);
            }
            database.execute(
                    "UPDATE problem SET due_at = 1 WHERE due_at IS NOT NULL"); // as another ticket of its name may do
            deliverAndNote(written);
        }

        assertThat(count("event WHERE kind = 'incident-count'")).isEqualTo(2);
        assertThat(written).hasSize(6);
        assertThat(IntStream.range(1, written.size())
                        .mapToObj(i -> Duration.between(written.get(i - 1), written.get(i))))
                .allSatisfy(between -> assertThat(between).isGreaterThanOrEqualTo(Duration.ofMinutes(1)));
    }

    /** A list is read before Redmine is asked for anything; until the write has ended, seconds may go by. */
    @Test
    void what_changes_after_the_list_was_read_is_in_the_next_one() throws Exception {
        three();
        deliverAll();
        clock.goOn(Duration.ofSeconds(61));
        store.inbox().keep(alert("web4", 180).notification(), null);
        deliverAndNote(new ArrayList<>());
        assertThat(listsThatWait()).as("all is listed").isZero();

        clock.goOn(Duration.ofSeconds(61));
        joins("web5", 190);
        Delivery list = claim();
        assertThat(list.history().isIncident()).isTrue();
        joins("web6", 200);
        Intent intent = begin(list);

        assertThat(listsThatWait()).as("web6 joined before the write began").isEqualTo(2);

        joins("web7", 210);
        store.tickets().updated(list.history(), intent);
        store.deliveries().delivered(list.problem());

        assertThat(listsThatWait()).as("web7 joined before it ended").isPositive();
        clock.goOn(Duration.ofSeconds(61));
        assertThat(claimIncident().history().membership().list().total()).isEqualTo(7);
    }

    /** A line is shown by the list alone. What a person did not see when closing the ticket must not be lost with it. */
    @Test
    void a_line_that_was_never_listed_begins_anew_when_a_person_closed_the_ticket() throws Exception {
        three();
        clock.goOn(Duration.ofSeconds(61));
        joins("web4", 180);
        write(claimIncident(), new ArrayList<>());
        joins("web5", 190);
        clock.goOn(Duration.ofSeconds(61));

        reported(claimIncident());

        assertThat(role("web4")).as("listed when it was closed").isEqualTo("line");
        assertThat(role("web5")).isNull();
        Delivery next = claim();
        AlertHistory anew = next.history();
        assertThat(anew.key().id()).isEqualTo("web5");
        assertThat(anew.mayJoinAnIncident()).isTrue();
        assertThat(incidents.joins(next.problem(), anew, "Shop"))
                .as("that takes no more")
                .isFalse();
    }

    private Delivery claimIncident() {
        Delivery next = claim();
        while (!next.history().isIncident()) {
            reported(next);
            next = claim();
        }
        return next;
    }

    private void joins(String host, int second) {
        Delivery delivery = comesIn(alert(host, second));
        incidents.joins(delivery.problem(), delivery.history(), "Shop");
        reported(look(delivery.problem()));
    }

    private int listsThatWait() throws SQLException {
        return count("event e JOIN alert a ON a.id = e.alert_id WHERE e.kind LIKE 'incident-%' AND e.seq > a.told");
    }

    @Test
    void what_makes_it_worse_is_written_at_once() throws Exception {
        opensAs(TestAlerts.warning(), "web1", 0, 1);
        opensAs(TestAlerts.warning(), "web2", 60, 2);
        opensAs(TestAlerts.warning(), "db1", 120, 3);
        created(claim(), INCIDENT);
        List<Instant> written = new ArrayList<>();
        deliverAndNote(written);
        assertThat(written).isEmpty();

        store.inbox().keep(alert("web4", 130).notification(), null);
        deliverAndNote(written);

        assertThat(written).as("although its list was written just now").hasSize(1);
    }

    /** @param written when the incident's ticket was written; added to */
    private void deliverAndNote(List<Instant> written) throws Exception {
        for (Problem problem = store.deliveries().claim();
                problem != null;
                problem = store.deliveries().claim()) {
            Delivery delivery = look(problem);
            if (delivery.history().isIncident()) {
                write(delivery, written);
            } else {
                incidents.joins(problem, delivery.history(), "Shop");
                Delivery after = look(problem);
                incidents.changed(after.history());
                reported(after);
            }
        }
    }

    private void write(Delivery delivery, List<Instant> written) throws Exception {
        AlertHistory history = delivery.history();
        try {
            incidents.requireDue(history);
        } catch (NotYetException e) {
            store.deliveries().waitUntil(delivery.problem(), e);
            return;
        }
        Intent intent = begin(delivery);
        store.tickets().updated(history, intent);
        store.deliveries().delivered(delivery.problem());
        written.add(clock.instant());
    }

    private Intent begin(Delivery delivery) throws Exception {
        AlertHistory history = delivery.history();
        Reported all = new Reported(history.newest(), history.newest(), 0, clock.instant(), false);
        Intent intent = new Intent(
                history.alert(),
                history.last(),
                "list",
                "",
                null,
                Marks.of(all),
                history.ticket().state());
        store.tickets().beginUpdate(delivery.problem(), history, intent);
        return intent;
    }

    @Test
    void it_is_over_when_nothing_of_it_fired_for_a_while() throws Exception {
        three();
        int now = Math.toIntExact(Duration.between(OPENED, clock.instant()).toSeconds());
        recover("web1", now);
        recover("web2", now);
        incidents.endQuiet();
        assertThat(eventsOfIncident()).as("one fires").isOne();

        recover("db1", now);
        incidents.endQuiet();
        assertThat(eventsOfIncident()).as("not yet").isOne();
        clock.goOn(QUIET.plusSeconds(1));
        incidents.endQuiet();

        assertThat(eventsOfIncident()).isEqualTo(2);
        assertThat(database.found("SELECT last_status FROM alert WHERE incident_role = 'incident'"))
                .containsExactly("ok");
        incidents.endQuiet();
        assertThat(eventsOfIncident()).as("once").isEqualTo(2);
    }

    /** A ticket as Redmine shows it when a person has put it under another one. */
    private static Issue under(long issue, long parent) {
        Issue.Status open = new Issue.Status(1, "New", false);
        return new Issue(
                issue,
                null,
                null,
                open,
                null,
                null,
                null,
                null,
                "",
                null,
                null,
                null,
                null,
                null,
                new Issue.Parent(parent),
                null,
                "2026-11-20T00:10:00Z");
    }

    private void allRecoverBut(String last) {
        int now = Math.toIntExact(Duration.between(OPENED, clock.instant()).toSeconds());
        Stream.of("web1", "web2", "db1").filter(host -> !host.equals(last)).forEach(host -> recover(host, now));
        incidents.endQuiet();
    }

    private void assertOverAWhileLater() throws SQLException {
        incidents.endQuiet();
        assertThat(statusOfFirst()).as("the others recovered just now").isEqualTo("critical");
        clock.goOn(QUIET.plusSeconds(1));
        incidents.endQuiet();
        assertThat(statusOfFirst()).isEqualTo("ok");
    }

    private String statusOfFirst() throws SQLException {
        return database.found("SELECT last_status FROM alert WHERE incident_role = 'incident' ORDER BY id")
                .get(0);
    }

    @Test
    void it_is_over_when_a_person_takes_out_the_last_alert_that_fires() throws Exception {
        three();
        List<Delivery> links = IntStream.range(0, 3).mapToObj(i -> claim()).toList();
        links.forEach(link -> {
            incidents.linked(link.history(), "parent");
            reported(link);
        });
        allRecoverBut("db1");

        links.stream()
                .map(Delivery::history)
                .filter(history -> history.key().id().equals("db1"))
                .forEach(db1 -> incidents.leaves(db1, under(3, 77)));

        assertOverAWhileLater();
    }

    /** The answer to its creation was lost: people see the ticket before we know of it. */
    @Test
    void what_a_person_put_under_the_incidents_ticket_before_that_was_known_belongs_to_it() throws Exception {
        opens("web9", 9_000, 9);
        opens("web1", 0, 1);
        opens("web2", 60, 2);
        opens("db1", 120, 3);
        Delivery incident = claim();
        store.people().read(under(9, INCIDENT), clock.instant(), 0, before -> before);
        assertThat(role("web9")).isNull();

        created(incident, INCIDENT);

        assertThat(role("web9")).isEqualTo("child");
        assertThat(database.found("SELECT members FROM incident")).containsExactly("4");
    }

    @Test
    void figures_count_the_pages_of_an_incident_for_the_first_of_its_alerts() throws Exception {
        three();
        database.execute("INSERT INTO escalation (stream, ticket_id, policy_name, policy, starts_at, round, step)"
                + " SELECT 'redmine', id, 'critical', '{\"name\":\"critical\",\"steps\":[{\"at\":\"PT0S\",\"notify\":[{\"kind\":\"person\",\"name\":\"dev\"}],\"by\":[\"slack\"]}]}', 1, 1, 0 FROM ticket WHERE issue = "
                + INCIDENT);
        database.execute(
                "INSERT INTO page (stream, escalation_id, kind, round, step, person, means, is_group, state, at)"
                        + " SELECT 'redmine', id, 'page', 1, 0, 'dev', 'chat', FALSE, 'accepted', "
                        + OPENED.toEpochMilli()
                        + " FROM escalation");

        assertThat(numbers(OPENED).pages()).isEqualTo(1);
    }

    @Test
    void it_is_over_when_a_person_puts_the_last_alert_that_fires_under_another_incident() throws Exception {
        three();
        allRecoverBut("db1");
        opens("web4", 30_000, 4);
        opens("web5", 30_010, 5);
        opens("web6", 30_020, 6);
        created(claim(), 901);

        store.people().read(under(3, 901), clock.instant(), 0, before -> before);

        assertThat(database.found("SELECT members FROM incident ORDER BY alert_id"))
                .containsExactly("2", "4");
        assertOverAWhileLater();
    }

    @Test
    void one_that_is_over_fires_again_when_a_person_puts_an_alert_that_fires_under_its_ticket() throws Exception {
        three();
        allRecoverBut("");
        clock.goOn(QUIET.plusSeconds(1));
        incidents.endQuiet();
        deliverAll();
        opens("late", 30_000, 4);
        assertThat(statusOfFirst()).isEqualTo("ok");

        store.people().read(under(4, INCIDENT), clock.instant(), 0, before -> before);

        assertThat(statusOfFirst()).isEqualTo("critical");
        assertThat(claim().history().isIncident()).isTrue();
    }

    @Test
    void figures_count_its_alerts_and_not_itself_and_know_how_large_it_is_and_how_long_it_lasted() throws Exception {
        three();
        assertThat(counted(OPENED)).isEqualTo(3);
        assertThat(past(OPENED)).containsExactly(new PastIncident(INCIDENT, "Shop", 3, OPENED.toEpochMilli(), null));
        assertThat(past(OPENED.minus(Duration.ofDays(1)))).isEmpty();

        int now = Math.toIntExact(Duration.between(OPENED, clock.instant()).toSeconds());
        List.of("web1", "web2", "db1").forEach(host -> recover(host, now));
        clock.goOn(QUIET.plusSeconds(1));
        incidents.endQuiet();

        assertThat(counted(OPENED)).isEqualTo(3);
        assertThat(past(OPENED))
                .extracting(PastIncident::overAt)
                .containsExactly(OPENED.plusSeconds(now).toEpochMilli());
    }

    // --- for whoever looks

    private AlertRecord record(String alert) {
        return store.histories().records(alert).get(0);
    }

    @Test
    void the_record_of_an_alert_names_its_incident_and_that_of_an_incident_its_alerts() throws Exception {
        three();
        store.inbox()
                .keep(
                        alert(TestAlerts.critical().recovered(OPENED.plusSeconds(150)), "web1", 150)
                                .notification(),
                        null);
        store.openings().sumUp();
        opens("web9", 180, 0);

        assertThat(record("web2").incident().id()).isEqualTo(incident());
        assertThat(record("web9").incident().id()).isEqualTo(incident());
        assertThat(record("web2").members()).isEmpty();
        assertThat(record(incident()).members())
                .extracting(IncidentAlert::alertKey, IncidentAlert::status, IncidentAlert::worst, IncidentAlert::issue)
                .containsExactly(
                        tuple("web2", "critical", "critical", 2L),
                        tuple("db1", "critical", "critical", 3L),
                        tuple("web9", "critical", "critical", null),
                        tuple("web1", "ok", "critical", 1L));
    }

    @Test
    void the_list_of_open_tickets_has_their_incident() throws Exception {
        three();

        assertThat(store.overviews().now(200, List.of()).tickets())
                .extracting(
                        OpenTicket::issue,
                        OpenTicket::isOfIncident,
                        OpenTicket::incidentKey,
                        OpenTicket::incidentIssue,
                        OpenTicket::incidentMembers)
                .containsExactly(
                        tuple(INCIDENT, true, incident(), INCIDENT, 3L),
                        tuple(3L, false, incident(), INCIDENT, 3L),
                        tuple(2L, false, incident(), INCIDENT, 3L),
                        tuple(1L, false, incident(), INCIDENT, 3L));
    }

    @Test
    void what_matters_is_in_the_list_of_open_tickets_however_many_are_newer() throws Exception {
        three();
        long oldest = Long.parseLong(
                database.found("SELECT id FROM ticket WHERE issue = 1").get(0));

        assertThat(store.overviews().now(2, List.of(oldest)).tickets())
                .extracting(OpenTicket::issue)
                .containsExactly(INCIDENT, 1L);
    }

    @Test
    void whoever_has_the_ticket_of_an_alert_is_on_its_incident_wherever_it_is_shown() throws Exception {
        three();
        WhoIsOnIt hanako = new WhoIsOnIt(new Act(7, How.ASSIGNEE, new Named(11, "Hanako"), 0, null), null, null);
        database.execute("UPDATE ticket SET in_incident = " + INCIDENT + ", acknowledged_at = 1, people = '"
                + TicketRow.write(hanako) + "' WHERE issue = 2");

        assertThat(record(incident()).people()).isEqualTo(hanako);
        assertThat(store.overviews().now(1, List.of()).tickets())
                .extracting(OpenTicket::issue, OpenTicket::whoIsOnIt)
                .containsExactly(tuple(INCIDENT, hanako));
        assertThat(record("web1").people().hasSomebody()).isFalse();
    }

    /** The members' tickets are critical, too, and nobody has them: but the incident's is the one that somebody has to answer. */
    @Test
    void the_first_page_calls_those_unanswered_of_which_the_operator_is_notified() throws Exception {
        three();
        opens("alone", 9000, 9);
        Duration after = Duration.ofMinutes(15);
        Instant later = clock.instant().plus(after);

        Standing standing = standings(after).at(later);

        assertThat(standing.tickets().stream().filter(TicketView::isUnanswered).map(TicketView::issue))
                .containsExactlyInAnyOrderElementsOf(store.people().unanswered().stream()
                        .map(UnansweredTicket::issue)
                        .toList())
                .containsExactlyInAnyOrder(INCIDENT, 9L);
        assertThat(standing.unanswered())
                .isEqualTo(store.people().unanswered(later, after))
                .isEqualTo(2);
        assertThat(standings(after).at(later.minusSeconds(5)).unanswered()).isZero();
    }

    private Standings standings(Duration unansweredAfter) {
        RedmineSide redmine = new RedmineSide("https://redmine.example", Optional::empty);
        StatusReader status = new StatusReader(
                store,
                () -> new Running(false, null, null, null),
                new StatusReader.Rules("https://redmine.example", false, Duration.ofDays(1), unansweredAfter),
                clock);
        return new Standings(
                new Standings.Sources(store, new Operations(store, clock), status),
                new Standings.Known(redmine, new RecentRequests(), () -> null),
                new Standings.Rules(unansweredAfter, 5));
    }

    @Test
    void for_figures_a_line_has_the_incidents_ticket() throws Exception {
        three();
        store.inbox().keep(alert("db2", 180).notification(), null);
        store.openings().sumUp();

        opens("db2", 180, 4);

        assertThat(role("db2")).isEqualTo("line");
        assertThat(numbers(OPENED).toTicket().count()).isEqualTo(4);
    }

    private long counted(Instant day) {
        return numbers(day).alerts();
    }

    private Numbers numbers(Instant day) {
        store.openings().sumUp();
        return store.openings().tally(period(day), Filter.ALL).trends().numbers();
    }

    private List<PastIncident> past(Instant day) {
        return store.openings().incidents(period(day), 9);
    }

    private static Period period(Instant day) {
        return Period.ofDays(1, LocalDate.ofInstant(day, ZoneOffset.UTC), ZoneOffset.UTC);
    }

    private void recover(String host, int second) {
        store.inbox().keep(alert(host, 0).recovered(OPENED.plusSeconds(second)).notification(), null);
        deliverAll();
    }

    private void deliverAll() {
        for (Problem problem = store.deliveries().claim();
                problem != null;
                problem = store.deliveries().claim()) {
            for (long alert : store.deliveries().undelivered(problem)) {
                AlertHistory history = store.deliveries().history(problem, alert);
                if (history.isMember()) {
                    incidents.changed(history);
                }
                reported(new Delivery(problem, history));
            }
        }
    }

    @Test
    void the_next_ticket_of_its_name_does_not_wait_for_the_list_of_one_that_a_person_closed() throws Exception {
        three();
        deliverAll();
        opens("web4", 180, 0);
        database.execute("UPDATE ticket SET is_open = FALSE WHERE issue = " + INCIDENT);

        opens("web5", 200, 5);
        opens("web6", 210, 6);
        opens("web7", 220, 7);

        Delivery next = claim();
        assertThat(next.history().isIncident()).isTrue();
        assertThat(next.history().ticket().issue()).isNull();
    }

    @Test
    void nothing_is_left_of_one_that_is_over_for_longer_than_it_is_kept() throws Exception {
        three();
        opens("web4", 180, 0);
        int now = Math.toIntExact(Duration.between(OPENED, clock.instant()).toSeconds());
        for (String host : List.of("web1", "web2", "db1", "web4")) {
            recover(host, now);
        }
        clock.goOn(QUIET.plusSeconds(61));
        incidents.endQuiet();
        deliverAll();

        store.retention(Duration.ofDays(-1), Duration.ofDays(1)).purge();

        for (String table : List.of("event", "step", "alert", "incident", "ticket", "problem")) {
            assertThat(count(table)).as(table).isZero();
        }
    }

    @Test
    void the_escalation_of_a_member_waits_a_minute_for_the_ticket_of_its_incident() throws Exception {
        threeThatEscalate();

        assertThat(store.escalations().toBegin()).isEmpty();
        clock.goOn(Duration.ofSeconds(61));
        assertThat(store.escalations().toBegin()).hasSize(3);
    }

    @Test
    void the_escalation_of_a_member_waits_for_no_ticket_that_redmine_refuses() throws Exception {
        threeThatEscalate();

        database.execute("UPDATE alert SET parked = 'Redmine refuses it' WHERE incident_role = 'incident'");

        assertThat(store.escalations().toBegin()).hasSize(3);
    }

    /** Before the incident has a ticket. */
    private void threeThatEscalate() throws Exception {
        opens("web1", 0, 1);
        opens("web2", 60, 2);
        opens("db1", 120, 3);
        database.execute("UPDATE ticket SET escalation = 'critical-alerts' WHERE issue IS NOT NULL");
    }

    @Test
    void several_that_decide_at_once_make_one_incident() throws Exception {
        List<Delivery> deliveries = IntStream.range(0, 6)
                .mapToObj(i -> comesIn(alert("web" + i, i)))
                .toList();
        CyclicBarrier together = new CyclicBarrier(deliveries.size());
        ExecutorService threads = Executors.newFixedThreadPool(deliveries.size());
        List<Callable<Boolean>> work = deliveries.stream()
                .map(delivery -> (Callable<Boolean>) () -> {
                    together.await();
                    return incidents.joins(delivery.problem(), delivery.history(), "Shop");
                })
                .toList();
        for (Future<Boolean> done : threads.invokeAll(work)) {
            done.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(count("incident")).isOne();
        assertThat(count("alert WHERE incident_role IN ('child', 'line')")).isEqualTo(6);
    }

    @Test
    void one_that_a_person_closed_takes_no_more() throws Exception {
        three();
        database.execute("UPDATE ticket SET is_open = FALSE WHERE issue = " + INCIDENT);

        assertThat(opens("web4", 180, 4).membership().role()).isNull();
    }

    @Test
    void an_alert_that_opened_too_late_is_alone() throws Exception {
        three();

        assertThat(opens("web4", 1000, 4).membership().role()).isNull();
    }
}
