package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static dev.mackerelredmine.mackerel.TestAlerts.fixture;
import static dev.mackerelredmine.mackerel.TestAlerts.warning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.MovableClock;
import dev.mackerelredmine.figures.Counted;
import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.MetricValue;
import dev.mackerelredmine.figures.Numbers;
import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.figures.ProblemCounts;
import dev.mackerelredmine.figures.Selection;
import dev.mackerelredmine.figures.Trends;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of each alert for figures, in whichever database it is kept. */
abstract class OpeningsContract {

    private static final Period DAY = Period.ofDays(1, LocalDate.ofInstant(OPENED, ZoneOffset.UTC), ZoneOffset.UTC);
    private static final Duration YEARS = Duration.ofDays(1100);

    private final MovableClock clock = new MovableClock();
    private TestDatabase database;
    private Store store;

    /** An empty one. */
    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws Exception {
        database = database();
        Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
        store = new Store(
                new StoreOptions(database.address(), "redmine", true, backoff, Duration.ofMinutes(5)),
                new NotificationReader(),
                clock);
        store.open();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private void keep(TestAlerts... alerts) {
        for (TestAlerts alert : alerts) {
            store.inbox().keep(alert.notification(), null);
        }
    }

    private Trends trends() {
        return trends(Filter.ALL);
    }

    private Trends trends(Filter filter) {
        store.openings().sumUp();
        return store.openings().tally(DAY, filter).trends();
    }

    private Numbers numbers() {
        return trends().numbers();
    }

    @Test
    void knows_an_alert_from_its_opening_to_its_end() {
        keep(critical(), critical().recovered(OPENED.plusSeconds(600)));

        assertThat(numbers().alerts()).isEqualTo(1);
        assertThat(numbers().critical()).isEqualTo(1);
        assertThat(numbers().toRecoverByItself().median()).isEqualTo(600);
    }

    @Test
    void counts_the_highest_severity() {
        keep(
                warning(),
                critical().statusChangedAt(OPENED.plusSeconds(60)),
                warning().statusChangedAt(OPENED.plusSeconds(90)));

        assertThat(numbers().critical()).isEqualTo(1);
        assertThat(numbers().warning()).isZero();
    }

    @Test
    void finds_the_same_whatever_order_notifications_came_in_and_however_often_it_sums_up() {
        keep(critical().recovered(OPENED.plusSeconds(600)));
        store.openings().sumUp();
        keep(warning(), critical().statusChangedAt(OPENED.plusSeconds(60)));

        Numbers numbers = numbers();
        assertThat(numbers.open()).isZero();
        assertThat(numbers.critical()).isEqualTo(1);
        assertThat(numbers.toRecoverByItself().median()).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({"monitor,false", "monitoring,false", "manual close,true", "delete monitor,true", "retire host,true"})
    void tells_a_recovery_from_a_persons_action(String trigger, boolean byHand) {
        keep(critical(), critical().recovered(OPENED.plusSeconds(600)).trigger(trigger));

        assertThat(numbers().toRecoverByHand().count()).isEqualTo(byHand ? 1 : 0);
        assertThat(numbers().toRecoverByItself().count()).isEqualTo(byHand ? 0 : 1);
    }

    @Test
    void counts_neither_what_happens_to_hosts_nor_groups_of_alerts() {
        store.inbox().keep(new NotificationReader().read(fixture("alert-group-warning")), null);
        store.inbox().keep(new NotificationReader().read(fixture("host-status")), null);

        store.openings().sumUp();
        Period decades = new Period(LocalDate.of(2010, 1, 1), LocalDate.of(2030, 1, 1), ZoneOffset.UTC);
        assertThat(store.openings()
                        .tally(decades, Filter.ALL)
                        .trends()
                        .numbers()
                        .alerts())
                .isZero();
    }

    @Test
    void reads_no_notification_twice() throws Exception {
        keep(critical());
        store.openings().sumUp();
        database.execute("UPDATE event SET notification = '{}'");
        keep(critical().recovered(OPENED.plusSeconds(600)));

        assertThat(numbers().toRecoverByItself().median()).isEqualTo(600);
    }

    @Test
    void takes_in_what_was_done_for_it_and_by_whom() throws Exception {
        keep(critical());
        long alert = alert();
        step(alert, "create", OPENED.plusSeconds(2).toEpochMilli(), null);
        step(
                alert,
                "acknowledge",
                OPENED.plusSeconds(200).toEpochMilli(),
                OPENED.plusSeconds(180).toEpochMilli());

        Numbers numbers = numbers();
        assertThat(numbers.toTicket().median()).isEqualTo(2);
        assertThat(numbers.toAcknowledge().median()).isEqualTo(180);
        assertThat(numbers.neverAcknowledged()).isZero();
    }

    @Test
    void counts_an_alert_as_acknowledged_that_comes_to_a_ticket_which_somebody_has() throws Exception {
        keep(critical());
        database.execute("INSERT INTO ticket (problem_id, issue, acknowledged_at) SELECT id, 42, "
                + OPENED.minusSeconds(60).toEpochMilli() + " FROM problem");
        database.execute("UPDATE alert SET ticket_id = (SELECT id FROM ticket)");
        step(alert(), "join", OPENED.plusSeconds(2).toEpochMilli(), null);

        Numbers numbers = numbers();
        assertThat(numbers.acknowledged()).isEqualTo(1);
        assertThat(numbers.toAcknowledge().count()).isZero();
    }

    @Test
    void does_not_count_an_alert_as_acknowledged_that_was_over_before_anybody_came() throws Exception {
        keep(critical());
        database.execute("INSERT INTO ticket (problem_id, issue, acknowledged_at) SELECT id, 42, "
                + OPENED.plusSeconds(900).toEpochMilli() + " FROM problem");
        database.execute("UPDATE alert SET ticket_id = (SELECT id FROM ticket)");

        assertThat(numbers().acknowledged()).isZero();
    }

    @Test
    void keeps_the_first_acknowledgement_when_the_ticket_is_given_back() throws Exception {
        takes_in_what_was_done_for_it_and_by_whom();
        database.execute("DELETE FROM step");
        database.execute("UPDATE alert SET to_sum = TRUE");

        assertThat(numbers().toAcknowledge().median()).isEqualTo(180);
    }

    private Long firstAcknowledged() {
        return store.histories()
                .records(critical().notification().alert().id())
                .get(0)
                .acknowledgedAt();
    }

    @Test
    void the_record_of_an_alert_has_the_first_acknowledgement_that_figures_count() throws Exception {
        keep(critical());
        assertThat(firstAcknowledged()).as("before it is counted").isEqualTo(Opening.NEVER);
        assertThat(numbers().neverAcknowledged()).isEqualTo(1);
        step(alert(), "hand-over", OPENED.plusSeconds(60).toEpochMilli(), null);
        assertThat(firstAcknowledged()).isEqualTo(Opening.NEVER);

        long acted = OPENED.plusSeconds(180).toEpochMilli();
        step(alert(), "acknowledge", OPENED.plusSeconds(200).toEpochMilli(), acted);
        step(alert(), "hand-over", OPENED.plusSeconds(300).toEpochMilli(), null);
        assertThat(firstAcknowledged()).isEqualTo(acted);
        database.execute("UPDATE alert SET to_sum = TRUE");

        assertThat(numbers().toAcknowledge().median()).isEqualTo(180);
        assertThat(numbers().neverAcknowledged()).isZero();
        assertThat(firstAcknowledged()).isEqualTo(acted);
    }

    @Test
    void a_hand_over_alone_is_no_acknowledgement() throws Exception {
        keep(critical());
        step(alert(), "hand-over", OPENED.plusSeconds(60).toEpochMilli(), null);

        assertThat(numbers().acknowledged()).isZero();
        assertThat(numbers().neverAcknowledged()).isEqualTo(1);
    }

    @Test
    void survives_the_alert() throws Exception {
        keep(critical(), critical().recovered(OPENED.plusSeconds(600)));
        database.execute("UPDATE alert SET status = 'ok', told = received");
        database.execute("UPDATE problem SET due_at = NULL, delivered = received");

        store.retention(Duration.ZERO, YEARS).purgeAlerts(clock.instant().plusSeconds(1), 0);

        assertThat(database.found("SELECT COUNT(*) FROM alert")).containsExactly("0");
        assertThat(numbers().toRecoverByItself().median()).isEqualTo(600);
    }

    @Test
    void filters_by_service_role_monitor_host_and_severity() {
        keep(
                critical().id("1").host("web1").role("Shop", "web"),
                warning()
                        .id("2")
                        .monitor("Memory")
                        .host("db1")
                        .role("Shop", "db")
                        .role("Blog", "db"),
                critical().id("3").service("Shopping"));

        assertThat(trends(new Filter("Shop", "", "", "", 0)).numbers().alerts()).isEqualTo(2);
        assertThat(trends(new Filter("Blog", "", "", "", 0)).numbers().alerts()).isEqualTo(1);
        assertThat(trends(new Filter("", "Shop: db", "", "", 0)).numbers().alerts())
                .isEqualTo(1);
        assertThat(trends(new Filter("", "", "CPU %", "", 0)).numbers().alerts())
                .isEqualTo(2);
        assertThat(trends(new Filter("", "", "", "web1", 0)).numbers().alerts()).isEqualTo(1);
        assertThat(trends(new Filter("", "", "", "", 1)).numbers().alerts()).isEqualTo(1);
        assertThat(trends(new Filter("Shop", "", "Memory", "", 3)).numbers().alerts())
                .isZero();
    }

    @Test
    void lists_the_alerts_that_each_figure_counts_of_what_the_filter_takes() throws Exception {
        flappingOnTwoHosts();
        Filter web = new Filter("Shop", "", "", "web1", 0);
        step(alert(), "create", OPENED.plusSeconds(2).toEpochMilli(), null);
        step(alert(), "acknowledge", OPENED.plusSeconds(60).toEpochMilli(), null);

        Numbers numbers = trends(web).numbers();

        assertThat(total(web, Counted.ALERTS)).isEqualTo(numbers.alerts()).isEqualTo(4);
        assertThat(total(web, Counted.FLAPPING))
                .isEqualTo(numbers.flappingAlerts())
                .isEqualTo(4);
        assertThat(total(web, Counted.SHORT)).isEqualTo(numbers.shortAlerts()).isEqualTo(4);
        assertThat(total(web, Counted.TO_TICKET))
                .isEqualTo(numbers.toTicket().count())
                .isEqualTo(1);
        assertThat(total(web, Counted.NEVER_ACKNOWLEDGED))
                .isEqualTo(numbers.neverAcknowledged())
                .isEqualTo(3);
        assertThat(total(Filter.ALL, Counted.NEVER_ACKNOWLEDGED))
                .isEqualTo(trends().numbers().neverAcknowledged())
                .isEqualTo(4);
    }

    @Test
    void lists_the_newest_first_a_few_at_a_time_with_names_and_ticket() throws Exception {
        flappingOnTwoHosts();
        step(alert(), "create", OPENED.plusSeconds(2).toEpochMilli(), null);
        store.openings().sumUp();

        Filter web = new Filter("", "", "", "web1", 0);
        AlertList newest = store.openings().list(DAY, web, Selection.of(Counted.ALERTS), 0, 3);
        AlertList rest = store.openings().list(DAY, web, Selection.of(Counted.ALERTS), 3, 3);

        assertThat(newest.total()).isEqualTo(4);
        assertThat(newest.alerts()).extracting(SelectedAlert::alertKey).containsExactly("4", "3", "2");
        assertThat(newest.alerts().get(0).subject().title()).isEqualTo("CPU % · cpu.user.percentage · web1");
        assertThat(rest.alerts()).extracting(SelectedAlert::issue).containsExactly(42L);
    }

    private long total(Filter filter, Counted counted) {
        return store.openings().list(DAY, filter, Selection.of(counted), 0, 1).total();
    }

    /** Four short ones of a web server, one of a database that is open. */
    private void flappingOnTwoHosts() {
        for (int i = 1; i <= 4; i++) {
            Instant opened = OPENED.plusSeconds(600L * i);
            TestAlerts alert =
                    critical().id("" + i).host("web1").role("Shop", "web").openedAt(opened);
            keep(alert.statusChangedAt(opened), alert.recovered(opened.plusSeconds(60)));
        }
        keep(warning().id("5").host("db1").role("Shop", "db"));
    }

    @Test
    void names_what_alerts_are_about_as_the_newest_does() {
        keep(critical().host("web1").role("Shop", "web"), warning().host("web1").role("Shop", "app"));

        ProblemCounts problem = trends().mostFrequent().get(0);
        assertThat(store.openings().subject(problem.subject()).title()).isEqualTo("CPU % · cpu.user.percentage · web1");
        assertThat(store.openings().subject(problem.subject()).roles()).containsExactly("Shop: app");
    }

    @Test
    void knows_the_metric_at_the_opening_and_the_threshold_that_it_crossed() {
        keep(
                warning().metricValue(72),
                critical().metricValue(97).statusChangedAt(OPENED.plusSeconds(60)),
                critical().id("later").metricValue(91));

        ProblemCounts problem = trends().mostFrequent().get(0);
        assertThat(store.openings().values(problem.subject(), DAY))
                .containsExactlyInAnyOrder(new MetricValue(72, 70), new MetricValue(91, 90));
    }

    @Test
    void is_kept_for_its_own_time() throws Exception {
        keep(critical());
        store.openings().sumUp();

        store.retention(Duration.ofDays(400), Duration.ofDays(1)).purge();

        assertThat(numbers().alerts()).isZero();
    }

    @Test
    void counts_a_page_by_the_rota_that_brought_it() throws Exception {
        keep(critical());
        escalation("rota", "primary");
        page(1, "page", "accepted", 0);
        page(2, "page", "answered", 0);
        page(3, "page", "failed", 0);
        page(4, "over", "accepted", 0);
        page(5, "again", "accepted", 0);

        assertThat(trends().rotas())
                .containsExactly(new Trends.RotaPages("", 1, 1), new Trends.RotaPages("primary", 2, 2));
        assertThat(numbers().nightPages()).isEqualTo(3);
    }

    @Test
    void pages_survive_their_escalation() throws Exception {
        keep(critical());
        escalation("rota", "primary");
        page(1, "page", "accepted", 0);
        database.execute("UPDATE escalation SET ended_at = 1");
        store.openings().sumUp();

        store.retention(Duration.ofDays(400), YEARS).purgeEscalations(OPENED);

        assertThat(database.found("SELECT COUNT(*) FROM page")).containsExactly("0");
        assertThat(trends().numbers().pages()).isEqualTo(1);
    }

    private void escalation(String kind, String name) throws SQLException {
        database.execute("INSERT INTO ticket (problem_id, issue) SELECT id, 42 FROM problem");
        database.execute("INSERT INTO escalation (stream, ticket_id, policy_name, policy, starts_at, round, step)"
                + " SELECT 'redmine', id, 'critical', '{\"name\":\"critical\",\"steps\":[{\"at\":\"PT0S\",\"notify\":[{\"kind\":\""
                + kind + "\",\"name\":\"" + name + "\"}],\"by\":[\"slack\"]}]}', 0, 1, 0 FROM ticket");
    }

    private void page(int round, String kind, String state, int step) throws SQLException {
        database.execute(
                "INSERT INTO page (stream, escalation_id, kind, round, step, person, means, is_group, state, at)"
                        + " SELECT 'redmine', id, '" + kind + "', " + round + ", " + step
                        + ", 'Hanako', 'slack', FALSE, '" + state
                        + "', " + OPENED.toEpochMilli() + " FROM escalation");
    }

    private long alert() throws SQLException {
        return Long.parseLong(database.found("SELECT id FROM alert ORDER BY id").get(0));
    }

    private void step(long alert, String action, long at, Long actedAt) throws SQLException {
        database.execute("INSERT INTO step (alert_id, at, issue, up_to, action, why, acted_at) VALUES (" + alert + ", "
                + at + ", 42, 1, '" + action + "', '', " + actedAt + ")");
    }
}
