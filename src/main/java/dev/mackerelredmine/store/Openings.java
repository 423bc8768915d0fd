package dev.mackerelredmine.store;

import dev.mackerelredmine.escalation.EscalationPolicyJson;
import dev.mackerelredmine.figures.Filter;
import dev.mackerelredmine.figures.MetricValue;
import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.figures.Period;
import dev.mackerelredmine.figures.SelectedAlerts;
import dev.mackerelredmine.figures.Selection;
import dev.mackerelredmine.figures.Subject;
import dev.mackerelredmine.figures.TrendsTally;
import dev.mackerelredmine.incident.IncidentNotification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.ticket.Change;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What figures are made of. Each change of an alert marks it, in the transaction that keeps the change; what is marked is summed up a few
 * seconds later, a few alerts in one transaction, and at the latest before it is deleted. So what comes in waits for no figures.
 */
public final class Openings {

    private static final int AT_ONCE = 50;
    private static final Set<String> OF_SEVERAL_ALERTS = Set.of("alertGroup", IncidentNotification.KIND);

    private final Database database;
    private final String stream;
    private final NotificationReader reader;
    private final Clock clock;
    private final OpeningSql sql;
    private final TicketSql tickets;

    Openings(Database database, String stream, NotificationReader reader, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.reader = reader;
        this.clock = clock;
        this.sql = database.sql(OpeningSql.class);
        this.tickets = database.sql(TicketSql.class);
    }

    // --- what is new

    /** Sums up all that is new. */
    public void sumUp() {
        while (sumUpAlerts() + sumUpPages() > 0) {
            // the next few
        }
    }

    private int sumUpAlerts() {
        return database.inRepairableTransaction(() -> {
            List<Long> alerts = sql.takeToSum(stream, AT_ONCE);
            alerts.forEach(this::sumUp);
            return alerts.size();
        });
    }

    private int sumUpPages() {
        return database.inRepairableTransaction(() -> {
            List<PageToSum> pages = sql.takePagesToSum(stream, AT_ONCE);
            pages.forEach(this::sumUp);
            return pages.size();
        });
    }

    /** In the transaction that is about to delete it. */
    void sumUpBeforeItIsDeleted(long alert) {
        if (sql.takeOneToSum(alert) > 0) {
            sumUp(alert);
        }
    }

    /** The same of the pages of an escalation. */
    void sumUpPagesOf(long escalation) {
        sql.takePagesOf(escalation).forEach(this::sumUp);
    }

    private void sumUp(long alert) {
        AlertToSum known = sql.alertToSum(alert);
        List<Change> news = tickets.changes(alert, known.seq(), Long.MAX_VALUE).stream()
                .map(row -> row.read(reader))
                .filter(change -> change.notification().alert() != null)
                .toList();
        if (!news.isEmpty()) {
            Change newest = news.get(news.size() - 1);
            sql.putSubject(known.stream(), known.problemKey(), NamedSubject.of(newest.notification()));
        }
        if (!news.isEmpty() && news.stream().allMatch(Openings::isOfOneAlert)) {
            AlertLife ofNews =
                    news.stream().map(AlertLife::of).reduce(AlertLife::with).orElseThrow();
            Optional<AlertLife> before = sql.life(alert);
            sql.putOpening(
                    alert,
                    known.stream(),
                    known.problemKey(),
                    known.alertKey(),
                    before.map(life -> life.with(ofNews)).orElse(ofNews));
        }
        sql.putPeople(alert);
    }

    /** What several alerts have in common would count them twice; but people may be paged for it. */
    private static boolean isOfOneAlert(Change change) {
        return !OF_SEVERAL_ALERTS.contains(change.notification().event());
    }

    /** Deletes what is older than it is to be kept. */
    void purge(Instant before) {
        long limit = before.toEpochMilli();
        while (database.inTransaction(() -> sql.purgeOpenings(stream, limit) + sql.purgeSentPages(stream, limit)) > 0) {
            // the next few
        }
    }

    private void sumUp(PageToSum page) {
        if (page.isNews()) {
            sql.putSentPage(page.id(), page.rota(EscalationPolicyJson.read(sql.policyOf(page.escalationId()))));
        }
    }

    // --- what is asked

    /** What happened in a period and in the one before, of what the filter takes: counted in one pass, and read as it was at one moment. */
    public TrendsTally tally(Period period, Filter filter) {
        TrendsTally tally = new TrendsTally(period, clock.instant());
        long from = period.before().begin();
        return database.read(() -> {
            Set<Long> subjects = subjects(filter);
            each(from, period.end(), filter, subjects, tally::add);
            sql.sentPages(stream, from, period.end(), page -> {
                if (filter.takes(page.severity()) && (subjects == null || subjects.contains(page.subject()))) {
                    tally.add(page);
                }
            });
            return tally;
        });
    }

    /** The alerts behind a number of the same tally. @param from how many of the newest to leave out; @param most how many to name */
    public AlertList list(Period period, Filter filter, Selection selection, int from, int most) {
        SelectedAlerts selected = new SelectedAlerts(selection, period.zone(), clock.instant(), from + most);
        return database.read(() -> {
            each(period.begin(), period.end(), filter, subjects(filter), selected::add);
            Map<Long, Subject> names = new HashMap<>();
            return new AlertList(
                    selected.total(),
                    selected.newest().stream()
                            .skip(from)
                            .map(opening -> named(opening, names.computeIfAbsent(opening.subject(), sql::subject)))
                            .toList());
        });
    }

    private void each(long from, long to, Filter filter, Set<Long> subjects, Consumer<Opening> consumer) {
        sql.openings(stream, from, to, (Opening opening) -> {
            if (filter.takes(opening.severity()) && (subjects == null || subjects.contains(opening.subject()))) {
                consumer.accept(opening);
            }
        });
    }

    private SelectedAlert named(Opening opening, Subject subject) {
        NamedOpening named = sql.named(opening.alert());
        return new SelectedAlert(opening, named.alertKey(), named.issue(), subject);
    }

    /** Null: all. */
    private Set<Long> subjects(Filter filter) {
        return filter.takesEverySubject()
                ? null
                : sql.subjectsOf(
                        stream,
                        filter.monitor(),
                        filter.host(),
                        NamedSubject.item(filter.service()),
                        NamedSubject.item(filter.role()));
    }

    /** Alerts of a period that nobody has acknowledged, the worst first. */
    public List<ListedOpening> unanswered(Period period, int most) {
        return database.read(() -> sql.unanswered(stream, period.begin(), period.end(), most));
    }

    /** Alerts that opened before then and are not over, the oldest first. */
    public List<ListedOpening> openSince(Instant before, int most) {
        return database.read(() -> sql.openSince(stream, before.toEpochMilli(), most));
    }

    /** The escalations that began in a period, as far as they are kept. */
    public List<PastEscalation> escalations(Period period, int most) {
        return database.read(() -> sql.escalations(stream, period.begin(), period.end(), most));
    }

    /** The incidents that began in a period, as far as they are kept, the largest first. */
    public List<PastIncident> incidents(Period period, int most) {
        return database.read(() -> sql.incidents(stream, period.begin(), period.end(), most));
    }

    public Subject subject(long id) {
        return database.read(() -> sql.subject(id));
    }

    /** What the metric was when alerts of this problem opened, of the newest thousand. */
    public List<MetricValue> values(long subject, Period period) {
        return database.read(() -> sql.values(subject, period.begin(), period.end()));
    }
}
