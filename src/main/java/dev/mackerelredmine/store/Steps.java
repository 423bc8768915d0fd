package dev.mackerelredmine.store;

import dev.mackerelredmine.people.News;
import dev.mackerelredmine.ticket.TicketChange;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Writes down what was done to tickets, and why, with the action that follows. */
final class Steps {

    /** Not a reopening: that ends the acknowledgement. */
    private static final Set<String> NEWS_TO_WHO_HAS_IT = Set.of("worse", "join");

    /** By which an alert got its ticket, as a line of an incident's by nothing, or a person had it: {@link OpeningSql#putPeople}. */
    private static final Set<String> FOR_FIGURES =
            Set.of("create", "adopt", "reopen", "join", "nothing", "acknowledge", "closed-by-person");

    private final Database database;
    private final String stream;
    private final Function<String, List<Purpose>> followedBy;
    private final Consumer<String> listener;
    private final Clock clock;
    private final TicketSql sql;
    private final HousekeepingSql actions;
    private final OpeningSql openings;

    /**
     * @param followedBy for what actions follow a step, by the step's word
     * @param listener is given each step by its word, once it is on disk
     */
    Steps(
            Database database,
            String stream,
            Function<String, List<Purpose>> followedBy,
            Consumer<String> listener,
            Clock clock) {
        this.database = database;
        this.stream = stream;
        this.followedBy = followedBy;
        this.listener = listener;
        this.clock = clock;
        this.sql = database.sql(TicketSql.class);
        this.actions = database.sql(HousekeepingSql.class);
        this.openings = database.sql(OpeningSql.class);
    }

    String stream() {
        return stream;
    }

    /**
     * @param issue Redmine's number of the ticket, or null
     * @param upTo the place of the last event that it took in; zero where it took in none
     */
    void add(long alert, Long issue, long upTo, String action, String why) {
        addStep(alert, issue, upTo, action, why, null)
                .forEach(purpose ->
                        actions.addAction(stream, purpose.toString(), alert, issue, action, upTo, clock.millis()));
    }

    /** Of an incident: Mackerel knows none, so only ticket-changed.camel.yaml gets it, by a word of its own. */
    void addOfIncident(long alert, Long issue, long upTo, String action, String why) {
        if (addStep(alert, issue, upTo, action, why, null).contains(Purpose.STEPS)) {
            String word = TicketChange.ofIncident(action);
            actions.addAction(stream, Purpose.STEPS.toString(), alert, issue, word, upTo, clock.millis());
        }
    }

    /**
     * What a person did; the caller queues what follows.
     *
     * @return for what actions follow
     */
    List<Purpose> addOfPerson(long alert, long issue, long upTo, News news) {
        return addStep(
                alert,
                issue,
                upTo,
                news.step().toString(),
                news.why(),
                news.act().time().toEpochMilli());
    }

    private List<Purpose> addStep(long alert, Long issue, long upTo, String action, String why, Long actedAt) {
        sql.addStep(alert, clock.millis(), issue, upTo, action, why, actedAt);
        if (FOR_FIGURES.contains(action)) {
            openings.isToSum(alert);
        }
        if (NEWS_TO_WHO_HAS_IT.contains(action)) {
            sql.isAnew(alert, clock.millis());
        }
        database.afterCommit(() -> listener.accept(action));
        return followedBy.apply(action);
    }
}
