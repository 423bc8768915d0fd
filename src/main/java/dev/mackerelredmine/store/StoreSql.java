package dev.mackerelredmine.store;

import dev.mackerelredmine.ticket.Begun.Marks;
import dev.mackerelredmine.ticket.Graph;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SingleValue;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.locator.UseClasspathSqlLocator;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The store's SQL: each method's statement is the file of its name beside this class. Times are milliseconds since 1970. */
@UseClasspathSqlLocator
interface StoreSql extends SqlObject {

    // --- the whole

    /** Each table after those that refer to it. */
    default void forgetAll() {
        for (String table : List.of("parked_cause", "action", "step", "graph", "event", "alert", "ticket", "problem")) {
            getHandle().execute("DELETE FROM " + table);
        }
    }

    // --- what comes in

    @SqlUpdate
    void addProblem(String stream, String problemKey);

    @SqlUpdate
    int addAlert(String stream, String problemKey, String org, String alertKey, String host);

    @SqlUpdate
    int receiveOne(String stream, String org, String alertKey, int urgency, long now);

    @SqlUpdate
    void addAlertEvent(
            String stream, String org, String alertKey, long now, String kind, String channel, String notification);

    @SqlUpdate
    void addOtherEvent(long now, String kind, String channel, String notification);

    @SqlUpdate
    void addGraph(String stream, String org, String alertKey, String name, byte[] image);

    @SqlQuery
    @RegisterConstructorMapper(AlertOfHost.class)
    List<AlertOfHost> alertsOfHost(String stream, String org, String host);

    // --- what is to be delivered

    @SqlQuery
    @RegisterConstructorMapper(Problem.class)
    Optional<Problem> claim(String stream, String lease, long now, long leaseUntil);

    @SqlUpdate
    int renewLease(@BindMethods Problem problem, long leaseUntil);

    @SqlQuery
    List<Long> undelivered(@BindMethods Problem problem);

    @SqlUpdate
    int delivered(@BindMethods Problem problem, long now);

    @SqlUpdate
    int tryAgainAt(@BindMethods Problem problem, long dueAt, String failure);

    @SqlUpdate
    int waitForRedmine(@BindMethods Problem problem, long dueAt, String failure);

    @SqlQuery
    boolean hasOverdue(String stream, long before);

    @SqlUpdate
    int park(@BindMethods Problem problem, long alertId, String reason, String cause, boolean urgent);

    @SqlQuery
    Optional<String> parkedCause(long alertId);

    @SqlUpdate
    void addParkedCause(String stream, String cause, long now, long nextAt);

    @SqlQuery
    Optional<String> claimParkedCause(String stream, long now, long longAgo, long nextSoon, long nextLater);

    @SqlQuery
    Optional<Long> nextParked(String stream, String cause);

    @SqlUpdate
    void parkedTried(String stream, String cause, long alertId);

    @SqlUpdate
    void forgetParkedCause(String stream, String cause);

    @SqlUpdate
    int makeParkedDue(String stream, String cause, long now);

    @SqlUpdate
    void makeTrialDue(long alertId, long now);

    @SqlUpdate
    int releaseParked(String stream, String cause);

    @SqlUpdate
    void parkedCausesNow(String stream, long now, long latest);

    // --- what is known of an alert

    @SqlQuery
    @RegisterConstructorMapper(AlertRow.class)
    AlertRow alert(long alertId);

    @SqlQuery
    @RegisterConstructorMapper(ChangeRow.class)
    List<ChangeRow> changes(long alertId, long after, long upTo);

    @SqlQuery
    @RegisterConstructorMapper(ChangeRow.class)
    ChangeRow change(long alertId, long seq);

    @SqlQuery
    Optional<Integer> graphFailed(long alertId, long seq);

    @SqlQuery
    @RegisterConstructorMapper(Graph.class)
    Optional<Graph> newestGraph(long alertId, long upTo);

    @SqlQuery
    @SingleValue
    byte[] graphImage(long alertId, long seq);

    @SqlUpdate
    void told(long alertId, long upTo, @BindMethods Marks marks);

    @SqlUpdate
    void forgetGraphs(long alertId, long upTo);

    // --- what is known of a ticket

    @SqlQuery
    @RegisterConstructorMapper(TicketRow.class)
    TicketRow ticket(long ticketId);

    @SqlQuery
    @RegisterConstructorMapper(TicketRow.class)
    Optional<TicketRow> lastTicket(@BindMethods Problem problem);

    @SqlQuery
    List<String> otherStatuses(long ticketId, long alertId);

    @SqlQuery
    long addTicket(long alertId, Long instead);

    @SqlQuery
    Optional<Long> ticketInstead(@BindMethods Problem problem, long issue);

    @SqlUpdate
    void giveTicket(long alertId, long ticketId);

    @SqlUpdate
    void begin(@BindMethods Problem problem, long ticketId, long alertId, String begun, long now);

    @SqlUpdate
    int created(long ticketId, long issue, String state);

    @SqlUpdate
    int updated(long ticketId, String begun, String state);

    @SqlUpdate
    void gone(long ticketId, long now);

    @SqlUpdate
    void notDone(@BindMethods Problem problem);

    @SqlUpdate
    void settled(@BindMethods Problem problem);

    @SqlUpdate
    void doublesFound(long ticketId);

    @SqlUpdate
    void refused(@BindMethods Problem problem);

    @SqlUpdate
    void failed(@BindMethods Problem problem);

    @SqlUpdate
    void forgetFailures(long alertId);

    @SqlUpdate
    void addStep(long alertId, long now, Long issue, long upTo, String action, String why);

    // --- for whoever asks

    @SqlQuery
    @RegisterConstructorMapper(NamedAlert.class)
    List<NamedAlert> alertsNamed(String stream, String alertKey);

    @SqlQuery
    @RegisterConstructorMapper(NamedAlert.class)
    List<NamedAlert> alertsAnywhere(String org, String alertKey, Long issue);

    @SqlQuery
    @RegisterConstructorMapper(Problem.class)
    Problem problemOf(long alertId);

    @SqlQuery
    @RegisterConstructorMapper(AlertRecord.Step.class)
    List<AlertRecord.Step> steps(long alertId);

    // --- what is to be delivered anew

    @SqlQuery
    List<Long> alertsParked(String stream);

    @SqlQuery
    List<Long> alertsSince(String stream, long since);

    @SqlQuery
    @RegisterConstructorMapper(Replayable.class)
    Replayable replayable(String stream, long alertId);

    @SqlQuery
    @RegisterConstructorMapper(PreviewedEvent.class)
    List<PreviewedEvent> previewed(String stream, String org, String alertKey);

    @SqlUpdate
    void forgetTold(long alertId);

    @SqlUpdate
    void replay(long alertId, long now);

    // --- what the operator is told

    @SqlUpdate
    int raiseNotice(String stream, String kind, long now, long until, long againIfBefore);

    @SqlUpdate
    int endNotice(String stream, String kind, long now, long until);

    @SqlQuery
    Optional<Long> noticeToldAt(String stream, String kind);

    @SqlUpdate
    void noticeTold(String stream, String kind, long now);

    @SqlUpdate
    void forgetNotice(String stream, String kind);

    @SqlQuery
    @RegisterConstructorMapper(Parked.class)
    List<Parked> parkedUntold(String stream, int most);

    @SqlUpdate
    void parkedTold(long alertId);

    // --- what is over

    @SqlQuery
    List<Long> alertsAfter(long after, int most);

    @SqlQuery
    boolean cameInSince(long alertId, long before);

    @SqlQuery
    boolean isOver(long alertId, long before);

    @SqlUpdate
    void purgeSteps(long alertId);

    @SqlUpdate
    void purgeEvents(long alertId);

    @SqlUpdate
    void purgeAlert(long alertId);

    @SqlUpdate
    void purgeTickets(long problemId);

    @SqlUpdate
    void purgeProblem(long problemId);

    @SqlUpdate
    int purgeOtherEvents(long before, int most);

    // --- when the clock went back

    @SqlUpdate
    int dueNow(String stream, long now);

    @SqlUpdate
    void endLeasesBy(String stream, long leaseUntil, long apart);

    @SqlUpdate
    void begunNow(long now, long apart);

    // --- the whole

    @SqlQuery
    @RegisterConstructorMapper(Backlog.class)
    Backlog backlog(String stream);

    @SqlUpdate
    void tryToWrite(long now);

    @SqlUpdate
    int makeAllDue(String stream, long now, long leasedUpTo);

    // --- what is done besides

    @SqlUpdate
    void addAction(String stream, long alertId, long issue, String kind, long upTo, long now);

    @SqlQuery
    Optional<Long> claimAction(String stream, long now, long leaseUntil);

    @SqlQuery
    @RegisterConstructorMapper(PendingAction.class)
    PendingAction action(long id);

    @SqlUpdate
    void actionDone(long id);

    @SqlUpdate
    void actionAgain(long id, long dueAt, String failure);

    @SqlUpdate
    void actionParked(long id, String failure);

    @SqlQuery
    @RegisterConstructorMapper(Parked.class)
    List<Parked> parkedActionsUntold(String stream, int most);

    @SqlUpdate
    void parkedActionTold(long id);

    @SqlUpdate
    void makeActionsDue(String stream, long now, long leasedUpTo);

    @SqlUpdate
    void purgeActions(long alertId);
}
