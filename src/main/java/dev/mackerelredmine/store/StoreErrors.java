package dev.mackerelredmine.store;

import java.sql.SQLException;
import java.util.stream.Stream;

/** What went wrong with a database, in words that say what to do. What is not known here is said as the database said it. */
final class StoreErrors {

    private static final int SQLITE_PERM = 3;
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_READONLY = 8;
    private static final int SQLITE_IOERR = 10;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_CANTOPEN = 14;
    private static final int SQLITE_NOTADB = 26;

    /** What may come between this and a server that is well, and passes: the way to it, its stop or start, its being full. */
    private static final String PASSES = "08\\w*|57P\\w*|53\\w*";

    private static final String DEADLOCK = "40P01";

    private StoreErrors() {}

    static StoreException of(StoreAddress address, RuntimeException failure) {
        SQLException said = said(failure);
        if (said == null) {
            return new StoreException(failure.getMessage(), failure);
        }
        String what = address.isFile() ? sqlite(address.file(), said) : postgresql(address.url(), said);
        return new StoreException(what, failure);
    }

    /** Whether it is a server that cannot be reached at present, or takes nobody in. */
    static boolean isAway(StoreAddress address, Throwable failure) {
        SQLException said = said(failure);
        return !address.isFile() && said != null && passes(said);
    }

    static boolean isDeadlock(Throwable failure) {
        SQLException said = said(failure);
        return said != null && DEADLOCK.equals(said.getSQLState());
    }

    private static boolean passes(SQLException said) {
        return said.getSQLState() == null || said.getSQLState().matches(PASSES);
    }

    /** The innermost has the reason. */
    private static SQLException said(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner)
                .orElse(null);
    }

    private static String sqlite(SqliteFile place, SQLException said) {
        String file = place.toString();
        return switch (said.getErrorCode()) {
            case SQLITE_FULL -> "the disk is full: make room for " + file + ", and it goes on by itself";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
                file + " cannot be written to (" + line(said)
                        + "): let the service's user write to it and to its folder";
            case SQLITE_IOERR -> "the disk cannot write or read " + file + " (" + line(said) + "): look after the disk";
            case SQLITE_BUSY -> "another program has locked " + file + ": end it, and it goes on by itself";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> place.damaged(line(said));
            default -> line(said);
        };
    }

    private static String postgresql(String url, SQLException said) {
        return passes(said)
                ? "PostgreSQL at " + url + " cannot be used (" + line(said)
                        + "): look after it, or the way to it, and it goes on by itself"
                : line(said);
    }

    /** What a driver says may have several. */
    private static String line(SQLException said) {
        return said.getMessage().strip().replaceAll("\\s+", " ");
    }
}
