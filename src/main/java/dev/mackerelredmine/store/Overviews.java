package dev.mackerelredmine.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How all stands, for whoever looks. It only reads: no writer waits for it. */
public final class Overviews {

    private static final int HOURS = 24;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final Database database;
    private final String stream;
    private final Clock clock;
    private final OverviewSql sql;

    /** Of hours that are over: nothing more comes in of them. */
    private final Map<Long, Long> counted = new ConcurrentHashMap<>();

    Overviews(Database database, String stream, Clock clock) {
        this.database = database;
        this.stream = stream;
        this.clock = clock;
        this.sql = database.sql(OverviewSql.class);
    }

    /**
     * As it was at one moment.
     *
     * @param openTickets how many there are, of which those that matter, and the newest, are in {@code tickets}
     */
    public record Overview(List<OpenTicket> tickets, long openTickets, List<WaitingProblem> waiting) {}

    /** What came in within an hour. */
    public record Hour(long begins, long events) {

        public Instant time() {
            return Instant.ofEpochMilli(begins);
        }
    }

    /**
     * @param most of each list
     * @param matter the store's numbers of tickets that come first, however old they are
     */
    public Overview now(int most, List<Long> matter) {
        return database.read(() -> {
            Set<Long> ids = Stream.concat(matter.stream(), sql.newestOpen(stream, most).stream())
                    .distinct()
                    .limit(most)
                    .collect(Collectors.toSet());
            List<OpenTicket> tickets = ids.isEmpty() ? List.of() : sql.openTickets(ids);
            return new Overview(tickets, sql.countOpen(stream), sql.waiting(stream, most));
        });
    }

    /** What came in within the last 24 hours, the present one included, the oldest first. */
    public List<Hour> flow() {
        long present = clock.millis() / HOUR * HOUR;
        long first = present - (HOURS - 1) * HOUR;
        counted.keySet().removeIf(hour -> hour < first);
        return database.read(() -> LongStream.range(0, HOURS)
                .mapToObj(number -> hour(first + number * HOUR, present))
                .toList());
    }

    private Hour hour(long begins, long present) {
        return new Hour(begins, begins == present ? count(begins) : counted.computeIfAbsent(begins, this::count));
    }

    private long count(long hour) {
        return sql.received(hour, hour + HOUR);
    }
}
