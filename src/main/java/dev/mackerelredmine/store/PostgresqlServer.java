package dev.mackerelredmine.store;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What a PostgreSQL has to be like for a store to be in it; one that is otherwise is refused, with what to do. */
final class PostgresqlServer {

    /** Two instances then are a minute apart at most, and a lease, which is renewed before each request, is five. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(30);

    private PostgresqlServer() {}

    static void check(Handle handle) {
        checkEncoding(handle.select("SELECT getdatabaseencoding()")
                .mapTo(String.class)
                .one());
        Instant theirs = handle.select("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")
                .mapTo(Long.class)
                .map(Instant::ofEpochMilli)
                .one();
        checkClocks(Instant.now(), theirs);
    }

    static void checkEncoding(String encoding) {
        if (!encoding.equals("UTF8")) {
            throw new StoreException(
                    "the database's encoding is " + encoding
                            + ", which cannot hold every notification. Make one with ENCODING 'UTF8' TEMPLATE template0.",
                    null);
        }
    }

    static void checkClocks(Instant ours, Instant theirs) {
        Duration apart = Duration.between(ours, theirs).abs();
        if (apart.compareTo(CLOCKS_APART) > 0) {
            throw new StoreException(
                    "this machine's clock and the database's are " + apart.toSeconds()
                            + " s apart, and several services could deliver the same. Set both by NTP.",
                    null);
        }
    }
}
