package dev.mackerelredmine.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of an SQLite store, which one running service has for itself: the operating system's lock on a file beside it says so. */
final class SqliteFile implements AutoCloseable {

    private static final String PREFIX = "jdbc:sqlite:";

    private final Path path;
    private FileChannel lockFile;

    private SqliteFile(Path path) {
        this.path = path;
    }

    static boolean isIn(String url) {
        return url.startsWith(PREFIX);
    }

    static SqliteFile of(String url) {
        return new SqliteFile(Path.of(url.substring(PREFIX.length()).replaceFirst("\\?.*", ""))
                .toAbsolutePath());
    }

    Path folder() {
        return path.getParent();
    }

    String name() {
        return path.getFileName().toString();
    }

    boolean exists() {
        return Files.exists(path);
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /**
     * Refuses what SQLite would take for a new store: it begins anew over an empty file, and deletes what waits in a -wal
     * beside a file that is missing.
     */
    void check() {
        Path log = path.resolveSibling(path.getFileName() + "-wal");
        if (Files.exists(path) && size(path) == 0) {
            throw new StoreException(damaged("it is empty"), null);
        }
        if (!Files.exists(path) && Files.exists(log) && size(log) > 0) {
            throw new StoreException(
                    path + " is missing, but " + log.getFileName()
                            + " beside it is there. Put the file back, or a backup, without the -wal; or move the -wal away,"
                            + " and a start makes an empty one: what waited is lost.",
                    null);
        }
    }

    /** What a person has to know of a damaged file. */
    String damaged(String how) {
        return path + " is damaged (" + how + "), and was left as it is. Stop the service, move the file away with its"
                + " -wal and -shm, and put a backup in its place. Without a backup, a start makes an empty one: what"
                + " waited is lost, and an alert that changes gets a second ticket";
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new StoreException("cannot read " + file + " (" + e.getMessage() + ")", e);
        }
    }

    /** Makes the folder where there is none, and takes the lock; it falls with the process, however that ends. */
    void lock() {
        Path lock = path.resolveSibling(path.getFileName() + ".lock");
        try {
            Files.createDirectories(folder());
            lockFile = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lockFile)) {
                throw new StoreException(
                        "another mackerel-redmine is running on " + path
                                + ". Stop it first, or give this one a store of its own (store.url, STORE_URL).",
                        null);
            }
        } catch (IOException e) {
            throw new StoreException(
                    "cannot write to " + folder() + " (" + e.getMessage()
                            + "). Let the service's user write there, or set store.url (STORE_URL).",
                    e);
        }
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (lockFile != null) {
            lockFile.close();
        }
    }
}
