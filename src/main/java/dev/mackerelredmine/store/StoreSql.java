package dev.mackerelredmine.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.locator.UseClasspathSqlLocator;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The store's SQL: each method's statement is the file of its name beside this class. Times are milliseconds since 1970. */
@UseClasspathSqlLocator
interface StoreSql {

    @SqlUpdate
    void addProblem(String stream, String problemKey);

    @SqlUpdate
    void addAlert(String stream, String problemKey, String org, String alertKey);

    @SqlUpdate
    void receiveOne(String stream, String org, String alertKey, long now);

    @SqlUpdate
    void addAlertEvent(String stream, String org, String alertKey, long now, String kind, String notification);

    @SqlUpdate
    void addOtherEvent(long now, String kind, String notification);

    @SqlQuery
    @RegisterConstructorMapper(Problem.class)
    Optional<Problem> claim(String stream, String lease, long now, long leaseUntil);

    @SqlQuery
    @RegisterConstructorMapper(Undelivered.class)
    List<Undelivered> undelivered(@BindMethods Problem problem);

    @SqlUpdate
    int renewLease(@BindMethods Problem problem, long leaseUntil);

    @SqlUpdate
    void beginTicket(@BindMethods Problem problem, long alertId, long now);

    @SqlQuery
    Optional<Long> addTicket(long alertId);

    @SqlUpdate
    void giveAlertItsTicket(long alertId, long ticketId);

    @SqlUpdate
    void ticketCreated(long alertId, long issue);

    @SqlUpdate
    void ticketsNotCreated(@BindMethods Problem problem);

    @SqlUpdate
    void ticketsSettled(@BindMethods Problem problem);

    @SqlUpdate
    int delivered(@BindMethods Problem problem, long now);

    @SqlUpdate
    int tryAgainAt(@BindMethods Problem problem, long dueAt, String failure);

    @SqlUpdate
    void park(@BindMethods Problem problem, long alertId, String reason);

    @SqlUpdate
    void unpark(long alertId);

    @SqlQuery
    long parked(String stream);

    @SqlUpdate
    int makeAllDue(String stream, long now);

    @SqlQuery
    long waiting(String stream);
}
