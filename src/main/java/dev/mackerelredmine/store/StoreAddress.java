package dev.mackerelredmine.store;

/**
 * Where a store is.
 *
 * @param url {@code jdbc:sqlite:} and a file, or {@code jdbc:postgresql:}
 * @param user of a PostgreSQL; null where the URL has it, or none is needed
 */
public record StoreAddress(String url, String user, String password) {

    public static StoreAddress of(String url) {
        return new StoreAddress(url, null, null);
    }

    boolean isFile() {
        return SqliteFile.isIn(url);
    }

    SqliteFile file() {
        return SqliteFile.of(url);
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return url;
    }
}
