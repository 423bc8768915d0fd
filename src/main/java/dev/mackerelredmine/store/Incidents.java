package dev.mackerelredmine.store;

import dev.mackerelredmine.incident.Grouping;
import dev.mackerelredmine.incident.GroupingRules;
import dev.mackerelredmine.incident.IncidentNotification;
import dev.mackerelredmine.incident.Opening;
import dev.mackerelredmine.incident.Span;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.NotYetException;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.IncidentList;
import dev.mackerelredmine.ticket.Keys;
import dev.mackerelredmine.ticket.Membership.Role;
import dev.mackerelredmine.ticket.Severity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which alerts are an incident together. An incident is an alert of ours: what happens to it is written as events, and its ticket has a life
 * like any other.
 */
public final class Incidents {

    private static final Duration UNTIL_INCIDENT_IS_OPEN = Duration.ofSeconds(2);
    private static final List<Integer> COUNTS_WORTH_A_NOTE = List.of(10, 100, 1000);

    private final Database database;
    private final String stream;
    private final NotificationReader reader;
    private final Steps steps;
    private final Rules rules;
    private final Clock clock;
    private final Grouping grouping;
    private final IncidentEvents events;
    private final IncidentPeople people;
    private final IncidentSql sql;
    private final InboxSql inbox;
    private final TicketSql tickets;

    /** @param quiet how long nothing of an incident has to fire before it is over */
    public record Rules(GroupingRules grouping, Duration quiet) {}

    Incidents(Database database, Rules rules, NotificationReader reader, Steps steps, Clock clock) {
        this.database = database;
        this.stream = steps.stream();
        this.reader = reader;
        this.steps = steps;
        this.rules = rules;
        this.clock = clock;
        this.grouping = new Grouping(rules.grouping());
        this.events = new IncidentEvents(database, clock);
        this.people = new IncidentPeople(database, steps, clock);
        this.sql = database.sql(IncidentSql.class);
        this.inbox = database.sql(InboxSql.class);
        this.tickets = database.sql(TicketSql.class);
    }

    // --- an alert that opens

    /**
     * Finds the incident of an alert that opens; where there is enough to make one, it is made.
     *
     * @param name that the policy gives the incident, or null
     * @return whether the alert belongs to one now, and did not before
     */
    public boolean joins(Problem problem, AlertHistory history, String name) {
        if (name == null || !rules.grouping().isOn() || !history.mayJoinAnIncident()) {
            return false;
        }
        String groupKey = Keys.indexed(history.key().org() + "\n" + Keys.part(name));
        Instant opened = history.openedAt();
        return database.inTransaction(() -> {
            sql.addGroup(stream, groupKey);
            sql.lockGroup(stream, groupKey);
            if (sql.mayGroup(history.alert(), groupKey, opened.toEpochMilli()) == 0) {
                return true;
            }
            Grouping.Result result = grouping.of(
                    new Opening(history.alert(), problem.id(), opened),
                    near(groupKey, opened),
                    alone(groupKey, opened));
            if (result.makesOne()) {
                make(nearest(result.members(), opened), history, name, groupKey);
            } else if (!result.isAlone()) {
                join(result, history);
            }
            return !result.isAlone();
        });
    }

    private List<Span> near(String groupKey, Instant opened) {
        long window = rules.grouping().window().toMillis();
        long at = opened.toEpochMilli();
        return sql.incidentsNear(stream, groupKey, at - window, at + window).stream()
                .map(SpanRow::span)
                .toList();
    }

    private List<Opening> alone(String groupKey, Instant opened) {
        long reach = rules.grouping().maxAge().toMillis();
        long at = opened.toEpochMilli();
        return sql.aloneNear(stream, groupKey, at - reach, at + reach).stream()
                .map(OpeningRow::opening)
                .toList();
    }

    private void make(List<Opening> members, AlertHistory history, String name, String groupKey) {
        String org = history.key().org();
        Instant first = members.get(0).at();
        String id = "incident-" + Keys.digest(stream, groupKey, key(members.get(0)));
        String problem = Keys.indexed(String.join("\n", Keys.part(org), Keys.part(name), "", "", "incident"));
        inbox.addProblem(stream, problem);
        long incident = sql.addAlert(stream, problem, org, id);
        sql.belongs(incident, incident, Role.INCIDENT.toString());
        IncidentNotification notification = IncidentNotification.of(org, id, name, first);
        int highest = 0;
        for (Opening member : members) {
            Notification headline = headline(member, history);
            highest = Math.max(highest, Severity.of(headline.alert().status()));
            notification.and(headline);
            sql.belongs(member.alert(), incident, Role.CHILD.toString());
        }
        sql.addIncident(incident, stream, groupKey, first.toEpochMilli(), last(members), members.size(), highest);
        Instant at = Instant.ofEpochMilli(last(members));
        AlertStatus status = Severity.status(highest);
        events.tell(incident, notification.as(status, at, null), status, at.toEpochMilli());
        checksWhetherQuiet(incident, history);
    }

    /** Of a long run no more than may have tickets of their own: each of them has one, or gets one. */
    private List<Opening> nearest(List<Opening> members, Instant opened) {
        int most = Math.max(rules.grouping().children(), rules.grouping().after());
        Set<Long> problems = members.stream()
                .sorted(Comparator.comparing(
                        member -> Duration.between(member.at(), opened).abs()))
                .map(Opening::problem)
                .distinct()
                .limit(most)
                .collect(Collectors.toSet());
        return members.stream()
                .filter(member -> problems.contains(member.problem()))
                .toList();
    }

    /** As Mackerel names it: the store's numbers begin anew in a new store, and its incidents must not be taken for earlier ones in Redmine. */
    private String key(Opening member) {
        return tickets.alert(member.alert()).key().toString();
    }

    private static long last(List<Opening> members) {
        return members.get(members.size() - 1).at().toEpochMilli();
    }

    private Notification headline(Opening member, AlertHistory history) {
        return member.alert() == history.alert()
                ? history.headline()
                : sql.headline(member.alert()).map(reader::readKept).orElseGet(history::headline);
    }

    private void join(Grouping.Result result, AlertHistory history) {
        long incident = result.incident();
        sql.lock(incident);
        IncidentRow row = sql.incident(incident).orElseThrow();
        List<Long> problems = new ArrayList<>(sql.problemsOfChildren(incident));
        int joined = 0;
        for (Opening member : result.members()) {
            boolean isItself = member.alert() == history.alert();
            boolean isChild = problems.contains(member.problem())
                    || problems.size() < rules.grouping().children()
                    || isItself && Severity.of(history.headline().alert().status()) > row.highest();
            if (isItself || isChild) {
                belongs(member, row, isChild);
                problems.add(member.problem());
                joined++;
            }
        }
        sql.grows(incident, result.members().get(0).at().toEpochMilli(), last(result.members()), joined);
        tellOfCount(row, joined, history);
        events.listChanged(sql.incident(incident).orElseThrow());
    }

    private void belongs(Opening member, IncidentRow incident, boolean isChild) {
        sql.belongs(member.alert(), incident.alertId(), (isChild ? Role.CHILD : Role.LINE).toString());
        if (!isChild) {
            sql.sharesTicket(member.alert(), incident.alertId());
        }
    }

    private void tellOfCount(IncidentRow before, int joined, AlertHistory history) {
        COUNTS_WORTH_A_NOTE.stream()
                .filter(count -> before.members() < count && before.members() + joined >= count)
                .forEach(count -> {
                    IncidentRow row = sql.incident(before.alertId()).orElseThrow();
                    AlertStatus status = Severity.status(Math.max(row.highest(), 1));
                    Instant at = notBeforeTheLast(history.openedAt(), row);
                    IncidentNotification said = last(row, history).as(status, at, count + " alerts");
                    events.tellWithList(row, said, status, at.toEpochMilli());
                });
    }

    // --- a member of one

    /** What came in of a member may make its incident worse, fire again, or quiet; in any case its list is to be written anew. */
    public void changed(AlertHistory history) {
        if (!history.hasChanges()) {
            return;
        }
        long incident = history.membership().incident();
        database.inTransaction(() -> {
            sql.lock(incident);
            IncidentRow row = sql.incident(incident).orElseThrow();
            AlertStatus worst = history.headline().alert().status();
            Instant at = history.newest().at();
            if (Severity.of(worst) > row.highest()) {
                sql.isWorse(incident, Severity.of(worst));
                tell(incident, worst, at, history);
            } else if (history.fires() && row.isOver()) {
                tell(incident, history.newest().notification().alert().status(), at, history);
            }
            checksWhetherQuiet(incident, history);
            events.listChanged(sql.incident(incident).orElseThrow());
        });
    }

    private void tell(long incident, AlertStatus status, Instant at, AlertHistory member) {
        IncidentRow row = sql.incident(incident).orElseThrow();
        Instant then = notBeforeTheLast(at, row);
        events.tell(incident, last(row, member).as(status, then, null), status, then.toEpochMilli());
    }

    private static Instant notBeforeTheLast(Instant at, IncidentRow incident) {
        return Instant.ofEpochMilli(Math.max(at.toEpochMilli(), incident.lastChanged()));
    }

    /** What was written last, with the services and roles of a member, unless that is null. */
    private IncidentNotification last(IncidentRow incident, AlertHistory member) {
        IncidentNotification last =
                IncidentNotification.last(sql.lastOfIncident(incident.alertId()).orElseThrow());
        return member == null ? last : last.and(member.headline());
    }

    /** Over is an incident when nothing of it fired for a while, by the time of the last recovery. */
    private void checksWhetherQuiet(long incident, AlertHistory history) {
        boolean isQuiet = !sql.fires(incident);
        sql.isQuietAt(
                incident,
                isQuiet ? (Long) history.newest().at().plus(rules.quiet()).toEpochMilli() : null);
    }

    /** Ends the incidents of which nothing fired for long enough, once all of that has reached their tickets. */
    public void endQuiet() {
        for (long incident : database.read(() -> sql.quiet(stream, clock.millis()))) {
            database.inTransaction(() -> {
                sql.lock(incident);
                IncidentRow row = sql.incident(incident).orElseThrow();
                boolean isDue = row.quietAt() != null && row.quietAt() <= clock.millis();
                if (isDue && !sql.hasUndelivered(incident)) {
                    endIfQuiet(row);
                }
            });
        }
    }

    /** Of a person who took out the last alert that fired, only the act is known: so the time counts from the last change of the others. */
    private void endIfQuiet(IncidentRow incident) {
        boolean mayEnd = !incident.isOver() && !sql.fires(incident.alertId());
        Long changed = sql.lastChangeOfMembers(incident.alertId());
        Instant last = Instant.ofEpochMilli(changed == null ? incident.lastAt() : changed);
        Instant over = last.plus(rules.quiet());
        boolean isTooEarly = over.isAfter(clock.instant());
        sql.isQuietAt(incident.alertId(), mayEnd && isTooEarly ? (Long) over.toEpochMilli() : null);
        if (mayEnd && !isTooEarly) {
            tell(incident.alertId(), AlertStatus.OK, last, null);
        }
    }

    // --- its ticket

    /** @throws NotYetException where the incident's ticket is to be opened first */
    public void requireOpen(AlertHistory history) throws NotYetException {
        if (history.waitsForIncident()) {
            throw new NotYetException(
                    "the ticket of its incident, #" + history.membership().issue() + ", is opened first",
                    clock.instant().plus(UNTIL_INCIDENT_IS_OPEN));
        }
    }

    /**
     * The alert's ticket is shown with its incident's.
     *
     * @param by {@code parent}, {@code relation} or {@code note}
     */
    public void linked(AlertHistory history, String by) {
        Long issue = history.membership().issue();
        database.inRepairableTransaction(() -> {
            sql.lock(history.membership().incident());
            sql.link(history.ticket().id(), issue, by);
            sql.incident(history.membership().incident()).ifPresent(events::listChanged);
            steps.add(
                    history.alert(),
                    history.ticket().issue(),
                    0,
                    "link",
                    "shown with incident #" + issue + " by " + by);
        });
    }

    /** A person has put its ticket under another one: it goes on alone. */
    public void leaves(AlertHistory history, Issue seen) {
        String why = "a person has put its ticket under #" + seen.parent().id();
        database.inTransaction(() -> people.leaves(history.ticket().id(), why));
    }

    // --- an incident itself

    /** @throws NotYetException where there is nothing to write that cannot wait, and its list was written less than a minute ago */
    public void requireDue(AlertHistory history) throws NotYetException {
        IncidentList list = history.membership().list();
        if (history.waitsForList() && clock.instant().isBefore(list.notBefore())) {
            throw new NotYetException("an incident's list is written at most once a minute", list.notBefore());
        }
    }
}
