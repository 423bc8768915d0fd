package dev.mackerelredmine.store;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.ticket.AlertKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Hands out polls of Mackerel, one at a time to one of several services, and the known alerts to compare the answer with. */
public final class MackerelPolls {

    private static final int MOST_PROBLEMS = 100;

    private final Database database;
    private final String stream;
    private final Clock clock;
    private final ReconcileSql sql;

    MackerelPolls(Database database, String stream, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.clock = clock;
        this.sql = database.sql(ReconcileSql.class);
    }

    /** At a start. @param leasedUpTo a poll that another takes for longer than that is left to it */
    void makeDue(long leasedUpTo) {
        sql.makePollDue(stream, clock.millis(), leasedUpTo);
    }

    /** A poll that is due, for so long the caller's alone; empty where none is due, or another service takes it. */
    public Optional<MackerelPoll> claim(Duration lease) {
        long now = clock.millis();
        return database.inTransaction(() -> {
            sql.addPoll(stream, now);
            return sql.claimPoll(stream, UUID.randomUUID().toString(), now, now + lease.toMillis());
        });
    }

    /** @param seenAllOf when it began, where it saw all there was; else null */
    public void end(MackerelPoll poll, Instant seenAllOf, Instant next) {
        Long polledAt = seenAllOf == null ? null : seenAllOf.toEpochMilli();
        database.inTransaction(() -> sql.endPoll(poll, polledAt, next.toEpochMilli()));
    }

    /** What is known of these alerts; those of which nothing ever came in are missing. */
    public Map<String, KnownAlert> known(String org, List<String> ids) {
        return database.read(() -> {
            Map<String, KnownAlert> known = new HashMap<>();
            ids.forEach(id -> sql.known(stream, org, key(org, id).id()).ifPresent(alert -> known.put(id, alert)));
            return known;
        });
    }

    /** The alerts that fire, by what came in. */
    public List<KnownAlert> firing(String org) {
        return database.read(() -> sql.firing(stream, key(org, "").org()));
    }

    /** The keys of the known problems that begin with this; it ends with the end of a line. */
    public List<String> problemsThatBeginWith(String text) {
        return database.read(() -> sql.problemsFrom(stream, text, behind(text), MOST_PROBLEMS));
    }

    /** The first that begins with no such text any more. */
    private static String behind(String text) {
        int last = text.length() - 1;
        return text.substring(0, last) + (char) (text.charAt(last) + 1);
    }

    /** An organization of which alerts came in, where none came in of this one. */
    public Optional<String> otherOrganization(String org) {
        String known = key(org, "").org();
        return database.read(() -> sql.knowsOrg(stream, known) ? Optional.empty() : sql.newestOrg(stream));
    }

    /** The alert gets no ticket while it has this status. */
    public void leaveAlone(String org, String id, AlertStatus status, String why) {
        AlertKey key = key(org, id);
        database.inTransaction(
                () -> sql.leaveAlone(stream, key.org(), key.id(), status.toString(), why, clock.millis()));
    }

    /** What is left alone, by the alerts' ids. */
    public Map<String, LeftAlone> leftAlone(String org) {
        Map<String, LeftAlone> all = new HashMap<>();
        database.read(() -> sql.leftAlone(stream, key(org, "").org()))
                .forEach(alert -> all.put(alert.alertKey(), alert));
        return all;
    }

    /** Of an alert by its id, in whatever stream and organization, for whoever asks. */
    public List<LeftAlone> leftAloneNamed(String id) {
        return database.read(() -> sql.leftAloneNamed(id));
    }

    /** These are there still; those that were not for so long are forgotten. */
    public void stillLeftAlone(String org, List<String> ids, Duration keep) {
        long now = clock.millis();
        database.inTransaction(() -> {
            ids.forEach(id ->
                    sql.seenLeftAlone(stream, key(org, id).org(), key(org, id).id(), now));
            sql.forgetLeftAlone(stream, now - keep.toMillis());
        });
    }

    /** What was found of which the operator does not know yet. */
    public Optional<LostWebhooks> unreportedLost() {
        return database.read(() -> sql.lost(stream));
    }

    public void lostReported(LostWebhooks lost) {
        database.inTransaction(() -> sql.lostReported(stream, lost.lost()));
    }

    private static AlertKey key(String org, String id) {
        return AlertKey.of(org, id);
    }
}
