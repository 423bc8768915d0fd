package dev.mackerelredmine.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jdbi.v3.core.JdbiException;

/** Copies an SQLite store. The copy has its name only when it is whole, and never takes the place of another file. */
final class Backup {

    private final Database database;

    Backup(Database database) {
        this.database = database;
    }

    void to(Path copy) {
        if (Files.exists(copy)) {
            throw new StoreException(copy + " is there already: name a file that is not", null);
        }
        Path part = copy.resolveSibling(copy.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            database.copyTo(part);
            toDisk(part);
            Files.move(part, copy);
        } catch (IOException | JdbiException e) {
            throw new StoreException(
                    "the store cannot be copied to " + copy + ": " + e.getMessage()
                            + ". Name a file in a folder that is there, can be written to, and has room for the whole store.",
                    e);
        }
    }

    /** SQLite does not wait for the disk here: after a failure of power the copy could have its name, and be cut off. */
    private static void toDisk(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
