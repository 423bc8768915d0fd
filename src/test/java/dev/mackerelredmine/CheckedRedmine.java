package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.cli.CommandCamel;
import dev.mackerelredmine.redmine.TestRedmine;
import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.redmine.check.Finding.Verdict;
import dev.mackerelredmine.redmine.check.RedmineCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** A Redmine, settings for it, and what a check says of both. */
abstract class CheckedRedmine {

    static final String ALERT_ID = "redmine.custom-field.alert-id";

    private final Map<String, String> settings = new HashMap<>();
    private boolean withTicket;
    private boolean withIncidents;

    abstract TestRedmine redmine();

    final String url() {
        return redmine().url();
    }

    final String id(String name) {
        return redmine().id(name);
    }

    final CheckedRedmine with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    final CheckedRedmine as(String user) {
        return with("redmine.apikey", id("key_" + user));
    }

    /** The policy names an incident, for some alerts. */
    final CheckedRedmine withIncidents() {
        withIncidents = true;
        return this;
    }

    /** As `check --ticket` does. */
    final CheckedRedmine withTicket() {
        withTicket = true;
        return this;
    }

    /** All that a person may set, and that is right. */
    final CheckedRedmine everythingRight() {
        return with("redmine.tracker", "Alert")
                .with("redmine.status", "New")
                .with("redmine.closed-status", "Closed")
                .with("redmine.reopened-status", id("status_in_progress"))
                .with("redmine.priority.critical", "Urgent")
                .with("redmine.assigned", "dev Test")
                .with("redmine.custom-field.monitor", id("field_monitor"))
                .with("redmine.custom-field.level", id("field_level"))
                .with("redmine.custom-field.host", id("field_host"))
                .with(ALERT_ID, id("field_alert_id"));
    }

    /** A ticket of the user `bot` in the project `alert`, with the tracker `Alert`. */
    final void ticket(String status) throws Exception {
        TestTickets.create(url(), id("key_bot"), id("tracker_alert"), id("status_" + status.toLowerCase()));
    }

    final List<Finding> findings() throws Exception {
        settings.putIfAbsent("redmine.url", url());
        settings.putIfAbsent("redmine.apikey", id("key_bot"));
        settings.putIfAbsent("redmine.project", "alert");
        settings.putIfAbsent("redmine.max-requests-per-second", "0");
        Main main = Routes.camel(CommandCamel.SHARED.toArray(String[]::new));
        settings.forEach(main::addOverrideProperty);
        if (withIncidents) {
            main.configure().addRoutesBuilder(new NamesAnIncident());
        }
        main.start();
        try {
            return main.getCamelContext()
                    .getRegistry()
                    .findSingleByType(RedmineCheck.class)
                    .findings(withTicket, subject -> {});
        } finally {
            main.stop();
        }
    }

    private static final class NamesAnIncident extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:names-an-incident")
                    .filter(simple("${body} == 'Shop'"))
                    .setVariable("ticket.incident", constant("Shop"));
        }
    }

    final Finding finding(String subject) throws Exception {
        return finding(findings(), subject);
    }

    static Finding finding(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    final void assertIs(Verdict verdict, String subject, String... texts) throws Exception {
        assertIs(findings(), verdict, subject, texts);
    }

    static void assertIs(List<Finding> findings, Verdict verdict, String subject, String... texts) {
        Finding finding = finding(findings, subject);
        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(verdict);
        assertThat(finding.text()).contains(texts);
        boolean saysWhatToDo = !finding.advice().isEmpty();
        assertThat(saysWhatToDo).as(finding.toString()).isEqualTo(verdict == Verdict.WRONG);
    }
}
