package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.store.AlertList;
import dev.mackerelredmine.store.SelectedAlert;
import dev.mackerelredmine.web.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the page of a list of alerts shows. @param redmine its address; null: tickets are no links */
public record AlertsView(AlertsQuestion question, AlertList list, Visitor visitor, String redmine) {

    public String figure() {
        return question.selection().counted().toString();
    }

    public String from() {
        return question.trends().period().from().toString();
    }

    public String to() {
        return question.trends().period().to().minusDays(1).toString();
    }

    /** What else they have in common, in words. */
    public List<String> conditions() {
        List<String> conditions = new ArrayList<>(Stream.of(
                        named("service", question.trends().filter().service()),
                        named("role", question.trends().filter().role()),
                        named("monitor", question.trends().filter().monitor()),
                        named("host", question.trends().filter().host()),
                        named(
                                "severity",
                                TrendsQuestion.severity(question.trends().filter())),
                        named("verdict", question.selection().verdict()))
                .flatMap(List::stream)
                .toList());
        if (question.selection().problem() > 0) {
            conditions.add(list.alerts().stream()
                    .findFirst()
                    .map(alert -> alert.subject().title())
                    .orElse(visitor.say("trends.problem") + " "
                            + question.selection().problem()));
        }
        if (question.selection().weekday() != null) {
            conditions.add(visitor.say(
                    "weekday." + AlertsQuestion.word(question.selection().weekday())));
        }
        if (question.selection().hour() != null) {
            conditions.add(question.selection().hour() + ":00");
        }
        return conditions;
    }

    private List<String> named(String name, String value) {
        return value.isEmpty() ? List.of() : List.of(visitor.say("trends." + name) + ": " + value);
    }

    public String severity(SelectedAlert alert) {
        return TrendsQuestion.severity(alert.opening().severity());
    }

    /** Null where there is no address of it. */
    public String ticket(SelectedAlert alert) {
        return redmine == null || alert.issue() == null ? null : redmine + "/issues/" + alert.issue();
    }

    public String acknowledged(SelectedAlert alert) {
        Opening opening = alert.opening();
        if (opening.acknowledgedAt() == Opening.NEVER) {
            return visitor.say("list.never");
        }
        return opening.acknowledgedAt() < opening.openedAt()
                ? visitor.say("list.had-it")
                : span(opening.acknowledgedAt() - opening.openedAt());
    }

    public String over(SelectedAlert alert) {
        Opening opening = alert.opening();
        if (opening.closedAt() == Opening.NEVER) {
            return visitor.say("list.open");
        }
        String after = span(opening.closedAt() - opening.openedAt());
        return opening.byHand() ? visitor.say("list.by-hand", after) : after;
    }

    private String span(long millis) {
        return visitor.span(Duration.ofMillis(Math.max(0, millis)));
    }

    /** Whether there are more than pages can be turned to. */
    public boolean isTooLong() {
        return list.total() > AlertsQuestion.MOST;
    }

    public int most() {
        return AlertsQuestion.MOST;
    }

    /** Null: there is none. */
    public String newer() {
        return question.page() == 1 ? null : "/trends/alerts?" + question.query(question.page() - 1);
    }

    public String older() {
        long shown = (long) question.page() * AlertsQuestion.ON_A_PAGE;
        return shown >= Math.min(list.total(), AlertsQuestion.MOST)
                ? null
                : "/trends/alerts?" + question.query(question.page() + 1);
    }

    public String csv() {
        return "/trends/alerts?" + question.query(1) + "&format=csv";
    }

    public String trends() {
        return "/trends?" + question.trends().query();
    }
}
