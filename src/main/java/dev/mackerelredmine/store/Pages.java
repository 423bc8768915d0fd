package dev.mackerelredmine.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The pages of escalations. Each is a row, claimed under a lease. The state of the ticket is read in the transaction that claims, so that
 * nothing is sent after an acknowledgement, a recovery or a closing was stored.
 */
public final class Pages {

    /** How often a page is tried. */
    public static final int MOST_TRIES = 5;

    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    /** Most pages of the last step have been taken by then, or have failed. */
    private static final Duration ROUND_NOTE_AFTER = Duration.ofMinutes(1);

    private final Database database;
    private final String stream;
    private final Clock clock;
    private final PageSql sql;
    private final EscalationSql escalations;

    Pages(Database database, String stream, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.clock = clock;
        this.sql = database.sql(PageSql.class);
        this.escalations = database.sql(EscalationSql.class);
    }

    /** At a start. @param leasedUpTo what another has claimed for longer than that is left to it */
    void makeDue(long leasedUpTo) {
        sql.makeDue(stream, now(), leasedUpTo);
    }

    // --- of an escalation, in its transaction

    void add(long escalation, NewPage page) {
        long dueAt = page.kind().equals(NewPage.ROUND) ? now() + ROUND_NOTE_AFTER.toMillis() : now();
        sql.add(stream, escalation, page, now(), dueAt);
    }

    /** One more of its kind. */
    void addAsTurn(long escalation, NewPage page) {
        add(escalation, page.asTurn(sql.nextTurn(escalation, page.kind())));
    }

    /** Those that were not sent. */
    void drop(long escalation, String why) {
        sql.dropAll(escalation, why, now());
    }

    /** For those whom a means reached. */
    void ended(long escalation, String why) {
        if (why.equals(EscalationStanding.RECOVERED)) {
            sql.addOvers(escalation, now());
        }
        EscalationStanding.whoAcknowledged(why).ifPresent(person -> sql.answered(escalation, person));
    }

    // --- sending

    /** A page that is due, now the caller's. Those of an escalation that has to end are dropped instead. Empty while paused. */
    public Optional<PendingPage> claim() {
        return database.inRepairableTransaction(() -> {
            Optional<PendingPage> claimed = claimAny();
            while (claimed.isPresent() && isDropped(claimed.get())) {
                claimed = claimAny();
            }
            claimed.filter(PendingPage::isHeld).ifPresent(this::holdOthers);
            return claimed;
        });
    }

    private Optional<PendingPage> claimAny() {
        return sql.claim(stream, now(), leaseUntil()).map(sql::page);
    }

    /** One page is for all of them; should this one fail for good, another is. */
    private void holdOthers(PendingPage page) {
        sql.holdOthers(page.id(), stream, page.person(), page.means(), page.isOver(), now(), page.leaseUntil());
    }

    /** That it is over is said to whoever was notified, whatever came after. */
    private boolean isDropped(PendingPage page) {
        if (page.isOver()) {
            return false;
        }
        String why = escalations.standing(page.escalationId()).dropsPagesFor();
        return why != null && sql.over(page.id(), "dropped", why, now()) > 0;
    }

    /** The means took it. */
    public void accepted(PendingPage page) {
        database.inTransaction(() -> {
            if (sql.accepted(page.id(), now()) > 0) {
                long claimedAt = page.leaseUntil() - Escalations.LEASE.toMillis();
                sql.saidByAnother(page.id(), stream, page.person(), page.means(), page.isOver(), now(), claimedAt);
                Optional.ofNullable(escalations.standing(page.escalationId()).endedFor())
                        .ifPresent(why -> ended(page.escalationId(), why));
            }
        });
    }

    /** @return when it is tried again; null where that was its last try */
    public Instant failed(PendingPage page, String why) {
        boolean wasLast = page.tries() + 1 >= MOST_TRIES;
        Instant dueAt = clock.instant().plus(FIRST_RETRY.multipliedBy(1L << page.tries()));
        database.inTransaction(() -> {
            if (wasLast) {
                sql.over(page.id(), "failed", StoredText.reason(why), now());
            } else {
                sql.again(page.id(), page.tries(), StoredText.reason(why), dueAt.toEpochMilli());
            }
        });
        return wasLast ? null : dueAt;
    }

    /**
     * It is not sent now, because the person got as many within that time: it is due again when one more may be sent.
     *
     * @param most how many the person may get
     */
    public void hold(PendingPage page, long most, Duration time) {
        database.inTransaction(() -> {
            Instant free = sql.acceptedBefore(stream, page.person(), page.means(), now() - time.toMillis(), most - 1)
                    .map(at -> Instant.ofEpochMilli(at).plus(time))
                    .orElseGet(() -> clock.instant().plus(FIRST_RETRY));
            sql.hold(page.id(), now(), free.toEpochMilli());
        });
    }

    /** It is not sent: the file has no such contact any more. */
    public void dropped(PendingPage page, String why) {
        database.inTransaction(() -> sql.over(page.id(), "dropped", StoredText.reason(why), now()));
    }

    /** How many pages the same means took for the same person within that time, with those that are being sent since before this one. */
    public long acceptedWithin(PendingPage page, Duration time) {
        return database.read(() -> sql.acceptedAfter(stream, page.person(), page.means(), now() - time.toMillis())
                + sql.beingSentBefore(page.id(), now()));
    }

    /** How many more are held back for that person and means: they are said by this one. */
    public long held(PendingPage page) {
        return database.read(() -> sql.held(page.id(), stream, page.person(), page.means(), page.isOver()));
    }

    // --- for people

    /** What came of an escalation's pages, in the order in which they were to be sent. */
    public List<PageRow> of(long escalation) {
        return database.read(() -> sql.ofEscalation(escalation));
    }

    /** Whom a running escalation of that ticket has notified, and since when: no groups. */
    public Map<String, Instant> notified(long issue) {
        return database.read(() -> sql.notified(stream, issue)).stream()
                .collect(Collectors.toMap(NotifiedPerson::person, NotifiedPerson::since));
    }

    private long now() {
        return clock.millis();
    }

    private long leaseUntil() {
        return clock.instant().plus(Escalations.LEASE).toEpochMilli();
    }
}
