package dev.mackerelredmine.web;

import static dev.mackerelredmine.web.PagesTest.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.operate.ParkedAlert;
import dev.mackerelredmine.store.LeftAlone;
import dev.mackerelredmine.web.AlertView.Delivery;
import dev.mackerelredmine.web.AlertView.Escalation;
import dev.mackerelredmine.web.AlertView.Incident;
import dev.mackerelredmine.web.AlertView.Member;
import dev.mackerelredmine.web.AlertView.NoTicket;
import dev.mackerelredmine.web.AlertView.People;
import dev.mackerelredmine.web.AlertView.Ticket;
import dev.mackerelredmine.web.Standing.Deliveries;
import dev.mackerelredmine.web.Standing.IncidentView;
import dev.mackerelredmine.web.Standing.Redmine;
import dev.mackerelredmine.web.Standing.State;
import dev.mackerelredmine.web.Standing.TicketView;
import dev.mackerelredmine.web.Standing.WaitingView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the pages say how a thing stands, so that somebody who was woken up need not guess. */
@Tag("fast")
final class StandingWordsTest {

    private static final Ticket TICKET = new Ticket(42L, "https://redmine.example/issues/42", false, false, null);
    private static final People NOBODY = new People(null, null, null, null, null, null, null, true);
    private static final Delivery DELIVERED = new Delivery(false, null, null, null, 0, null, false, null);

    private final Pages pages = new Pages(List.of("/"), false);

    /** As a person reads it: without elements, and one blank at most. */
    private static String text(String page) {
        return page.replaceAll("<[^>]*>", "").replace("&#39;", "'").replaceAll("\\s+", " ");
    }

    private String alert(AlertView alert) {
        return alert(Words.EN, alert);
    }

    private String alert(Words words, AlertView alert) {
        return pages.make(
                "alert.ftlh",
                "/alerts/",
                PagesTest.visitor(words, true),
                Map.of("meant", "1", "alerts", List.of(alert), "leftAlone", List.of()));
    }

    private static AlertView alert(Ticket ticket, People people, Delivery delivery) {
        return alert("critical", "critical", ticket, people, delivery, null, List.of());
    }

    private static AlertView alert(
            String severity,
            String status,
            Ticket ticket,
            People people,
            Delivery delivery,
            Incident incident,
            List<Escalation> escalations) {
        return new AlertView(
                "org",
                "1",
                "CPU",
                "web1",
                "org / CPU / web1",
                severity,
                status,
                NOW.minusSeconds(300),
                null,
                ticket,
                people,
                delivery,
                incident,
                List.of(),
                escalations,
                List.of());
    }

    private String overview(Standing standing) {
        return overview(Words.EN, standing);
    }

    private String overview(Words words, Standing standing) {
        return pages.make("overview.ftlh", "/", PagesTest.visitor(words, true), Map.of("standing", standing));
    }

    private static Standing standing(State state, List<TicketView> tickets, Deliveries deliveries, String held) {
        return standing(state, tickets, deliveries, held, null, redmine("yes"));
    }

    private static Standing standing(
            State state,
            List<TicketView> tickets,
            Deliveries deliveries,
            String held,
            Instant escalationsPaused,
            Redmine redmine) {
        return new Standing(
                state,
                1,
                tickets,
                tickets.size(),
                deliveries,
                held,
                escalationsPaused,
                List.of(new Standing.HourView(NOW, 1)),
                redmine,
                null,
                null);
    }

    private static Redmine redmine(String answers) {
        return new Redmine(answers, NOW.minusSeconds(3600), 0, 0, null, null, 0, 300L);
    }

    private static State state(String word) {
        return new State("bad", word, null, null, 1L);
    }

    private static Deliveries nothingWaits() {
        return new Deliveries(1, 0, null, 1, List.of(), List.of(), null);
    }

    private static Deliveries waits(Instant nextTry, boolean isUnderWay) {
        WaitingView waits = new WaitingView(
                "org", "2", "critical", "ok", "Disk", 1, NOW.minusSeconds(600), nextTry, isUnderWay, 7, "500");
        ParkedAlert parked = new ParkedAlert(
                "org/3", "Memory", null, "shop", "no cost center", NOW.minusSeconds(60), true, 1, nextTry);
        return new Deliveries(1, 1, null, 1, List.of(waits), List.of(parked), null);
    }

    // --- the ticket of an alert

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parked | Cost center cannot be blank | Ticketnone, because it is parked: Cost center cannot be blank",
                "decided | policy.camel.yaml skips it: noise | Ticketnone: policy.camel.yaml skips it: noise",
                "dropped | known test | Ticketnone: dropped by a person: known test",
                "paused | | Ticketnone yet: deliveries are paused",
                "redmine-away | | Ticketnone yet: Redmine does not answer",
                "under-way | | Ticketnone yet: it is being delivered",
                "waits | | Ticketnone yet: it waits to be delivered",
                "unknown | | Ticketnone: nothing was decided about this alert"
            })
    void says_the_real_reason_why_an_alert_has_no_ticket_also_in_a_preview(String word, String why, String said) {
        for (boolean isFromPreview : List.of(true, false)) {
            Ticket none = new Ticket(null, null, isFromPreview, false, new NoTicket(word, why));

            assertThat(text(alert(alert(none, NOBODY, DELIVERED))))
                    .contains(said)
                    .doesNotContain("preview");
        }
    }

    @Test
    void says_that_there_would_be_a_ticket_but_for_the_preview() {
        Ticket ticket = new Ticket(42L, null, true, false, null);

        assertThat(text(alert(alert(ticket, NOBODY, DELIVERED)))).contains("Ticketwould have a ticket (preview: #42)");
        assertThat(text(alert(Words.JA, alert(ticket, NOBODY, DELIVERED)))).contains("プレビューのため未作成");
    }

    @Test
    void says_that_a_ticket_was_deleted() {
        Ticket deleted = new Ticket(42L, "https://redmine.example/issues/42", false, true, null);

        assertThat(text(alert(alert(deleted, NOBODY, DELIVERED)))).contains("Ticket#42 (deleted in Redmine)");
    }

    @Test
    void says_why_an_alert_of_which_nothing_is_kept_gets_no_ticket() {
        Map<String, Object> shown = Map.of(
                "meant",
                "1",
                "alerts",
                List.of(),
                "leftAlone",
                List.of(new LeftAlone("org", "1", "critical", "it opened too long ago")));

        assertThat(text(pages.make("alert.ftlh", "/alerts/", PagesTest.visitor(Words.EN, true), shown)))
                .contains("Alert org/1 is critical at Mackerel, and gets no ticket: it opened too long ago")
                .doesNotContain("is not known");
    }

    // --- what waits

    @Test
    void says_that_a_try_whose_time_has_come_is_due_and_how_many_failed() {
        String page = text(overview(standing(state("works"), List.of(), waits(NOW.minusSeconds(360), false), null)));

        assertThat(page).contains("due now (failed tries so far: 7)").doesNotContain("6 min ago");
    }

    @Test
    void says_when_a_try_is_that_is_to_come() {
        assertThat(text(overview(standing(state("works"), List.of(), waits(NOW.plusSeconds(360), false), null))))
                .contains("in 6 min (failed tries so far: 7)");
    }

    @Test
    void says_that_a_try_is_under_way() {
        assertThat(text(overview(standing(state("works"), List.of(), waits(NOW.minusSeconds(2), true), null))))
                .contains("under way (failed");
    }

    @ParameterizedTest
    @CsvSource({"paused, after deliveries are resumed", "redmine-away, when Redmine answers again"})
    void says_what_a_try_waits_for_where_nothing_is_delivered(String held, String said) {
        String page = text(overview(standing(state("works"), List.of(), waits(NOW.minusSeconds(360), false), held)));

        assertThat(page).contains(said + " (failed").doesNotContain("due now");
    }

    @Test
    void says_the_same_on_the_page_of_an_alert() {
        Delivery failing =
                new Delivery(true, null, NOW.minusSeconds(600), "500", 7, NOW.minusSeconds(360), false, null);
        Ticket none = new Ticket(null, null, false, false, new NoTicket("waits", null));

        assertThat(text(alert(alert(none, NOBODY, failing))))
                .contains("(10 min); Next try: due now (failed tries so far: 7)", "Last failure500")
                .doesNotContain("6 min ago");
    }

    // --- Redmine

    @ParameterizedTest
    @CsvSource({
        "yes, Answersyes",
        "no, Answersno",
        "not-asked, Answersnot asked within 15 minutes",
        "preview, Answersnot asked: preview"
    })
    void says_whether_redmine_answers_only_where_it_was_asked(String answers, String said) {
        Standing standing = standing(state("works"), List.of(), nothingWaits(), null, null, redmine(answers));

        assertThat(text(overview(standing))).contains(said + " ");
        assertThat(text(overview(standing)).contains("Last answer2026-11-20 08:30:00 (1 h 0 min ago)"))
                .isEqualTo(!answers.equals("preview"));
    }

    // --- people

    @Test
    void says_who_was_given_a_ticket_and_that_somebody_had_it_before() {
        People given =
                new People(null, null, null, "Hanako", "Yuki", NOW.minusSeconds(360), NOW.minusSeconds(600), true);

        assertThat(text(alert(alert(TICKET, given, DELIVERED))))
                .contains(
                        "nobody: given to Hanako, who has not answered (by Yuki, 6 min ago)",
                        "First acknowledged2026-11-20 09:20:00");
    }

    @Test
    void says_that_nobody_ever_acknowledged_an_alert() {
        assertThat(text(alert(alert(TICKET, NOBODY, DELIVERED)))).contains("First acknowledgednever");
    }

    @Test
    void says_a_time_in_a_reason_in_the_zone_of_all_others() {
        Visitor visitor = PagesTest.visitor(Words.EN, true);

        assertThat(visitor.inZone("Yuki took it, as its assignee (2026-12-01T04:41:38Z)"))
                .isEqualTo("Yuki took it, as its assignee (2026-12-01 13:41:38)");
        assertThat(visitor.inZone("Cost center cannot be blank")).isEqualTo("Cost center cannot be blank");
    }

    // --- escalations

    private static Escalation escalation(String state, String why, String by) {
        Instant due = state.equals("runs") ? NOW.minusSeconds(60) : null;
        return new Escalation("night", NOW, null, state, why, by, 2, 3, due, List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "runs | | | now: round 2, step 3 due now",
                "exhausted | | | now: all steps were taken, and nobody has answered",
                "stopped | Yuki | | now: stopped by Yuki",
                "too-old | | | now: nobody is notified, because the alert was too old when it came in",
                "ended | recovered | | now: ended: the alert recovered",
                "ended | its incident goes on | | now: ended: its incident escalates in its place",
                "ended | acknowledged by Yuki | Yuki | now: ended: acknowledged by Yuki"
            })
    void says_one_thing_of_how_an_escalation_stands(String state, String why, String by, String said) {
        AlertView alert =
                alert("critical", "critical", TICKET, NOBODY, DELIVERED, null, List.of(escalation(state, why, by)));

        assertThat(text(alert(alert))).contains(said).doesNotContain("runs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "runs | | night: round 1, step 2 due now",
                "exhausted | | night: all steps were taken, and nobody has answered",
                "stopped | Yuki | night: stopped by Yuki"
            })
    void says_the_same_on_the_first_page(String state, String stoppedBy, String said) {
        Instant due = state.equals("runs") ? NOW.minusSeconds(60) : null;
        TicketView ticket = ticket("critical", new Standing.EscalationView("night", state, 1, 2, due, stoppedBy), null);

        assertThat(text(overview(standing(state("works"), List.of(ticket), nothingWaits(), null))))
                .contains(said);
    }

    @Test
    void says_that_nobody_is_notified_while_escalations_are_paused() {
        TicketView ticket = ticket(
                "critical", new Standing.EscalationView("night", "runs", 1, 2, NOW.minusSeconds(60), null), null);
        Standing standing =
                standing(state("works"), List.of(ticket), nothingWaits(), null, NOW.minusSeconds(600), redmine("yes"));

        assertThat(text(overview(standing)))
                .contains("Escalations are paused: nobody is notified.", "step 2 after escalations are resumed");
    }

    // --- the first line

    @ParameterizedTest
    @CsvSource({
        "unanswered, Unanswered: 1",
        "parked, Parked alerts",
        "stuck, events wait",
        "redmine-away, Waiting events: 1"
    })
    void says_each_number_once(String word, String counted) {
        String page = text(overview(standing(state(word), List.of(), nothingWaits(), null)));
        String first = page.substring(0, page.indexOf("Open tickets"));

        assertThat(first.split(counted, -1)).hasSize(word.equals("redmine-away") ? 1 : 2);
        assertThat(first.contains("Waiting events: 1")).isEqualTo(word.equals("unanswered") || word.equals("parked"));
    }

    // --- severity and state

    @Test
    void an_alert_that_is_over_has_the_severity_that_it_had() {
        AlertView over = alert("critical", "ok", TICKET, NOBODY, DELIVERED, null, List.of());

        assertThat(text(alert(over))).contains("Severitycritical Stateover since 2026-11-20 09:25:00 (5 min)");
    }

    @Test
    void an_alert_that_became_less_bad_says_so() {
        AlertView better = alert("critical", "warning", TICKET, NOBODY, DELIVERED, null, List.of());

        assertThat(text(alert(better))).contains("Severitycritical (now warning) Statefires, last change");
    }

    @ParameterizedTest
    @EnumSource(Words.class)
    void no_list_says_over_in_place_of_a_severity(Words words) {
        Standing standing =
                standing(state("works"), List.of(ticket("ok", null, null)), waits(NOW.plusSeconds(60), false), null);

        assertThat(overview(words, standing))
                .doesNotContain("class=\"severity ok\"")
                .contains("class=\"severity critical\"", words == Words.EN ? ">over<" : ">復旧・クローズ<");
    }

    // --- incidents

    private static TicketView ticket(String status, Standing.EscalationView escalation, IncidentView incident) {
        return new TicketView(
                42,
                null,
                "org",
                "1",
                "CPU",
                "critical",
                status,
                NOW,
                null,
                null,
                null,
                null,
                false,
                null,
                escalation,
                incident);
    }

    @Test
    void the_first_page_leads_from_a_ticket_to_its_incident() {
        TicketView child = ticket("critical", null, new IncidentView("incident-9", 41L, 5, false));

        assertThat(overview(standing(state("works"), List.of(child), nothingWaits(), null)))
                .contains("href=\"/alerts/org/incident-9\">in incident #41</a>");
    }

    @Test
    void the_first_page_leads_from_an_incidents_ticket_to_its_alerts() {
        TicketView own = ticket("critical", null, new IncidentView("incident-9", 42L, 5, true));

        assertThat(overview(standing(state("works"), List.of(own), nothingWaits(), null)))
                .contains("href=\"/alerts/org/incident-9\">incident of 5 alerts</a>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"child", "line", "left"})
    void the_page_of_an_alert_leads_to_its_incident_and_to_the_ticket_of_that(String role) {
        Incident incident =
                new Incident(role, "incident-9", 41L, "https://redmine.example/issues/41", null, null, List.of());
        AlertView alert = alert("critical", "critical", TICKET, NOBODY, DELIVERED, incident, List.of());

        assertThat(alert(alert))
                .contains(
                        "href=\"/alerts/org/incident-9\">Incident #41</a>",
                        "href=\"https://redmine.example/issues/41\">Ticket #41</a>");
    }

    @Test
    void the_page_of_an_incident_leads_to_its_alerts_with_their_severity_state_and_ticket() {
        Incident incident = new Incident(
                "incident",
                "1",
                42L,
                null,
                7,
                1,
                List.of(
                        new Member(
                                "org",
                                "11",
                                "org / CPU / web1",
                                "critical",
                                "critical",
                                43L,
                                "https://r.example/issues/43"),
                        new Member("org", "12", "org / CPU / web2", "warning", "ok", null, null)));
        String page = alert(alert("critical", "critical", TICKET, NOBODY, DELIVERED, incident, List.of()));

        assertThat(text(page))
                .contains(
                        "incident of 7 alerts, of which 1 fire",
                        "org / CPU / web1 critical fires #43 11",
                        "org / CPU / web2 warning over in the incident's list 12",
                        "and 5 more");
        assertThat(page)
                .contains("href=\"/alerts/org/11\"", "href=\"/alerts/org/12\"", "href=\"https://r.example/issues/43\"");
    }
}
