package dev.mackerelredmine.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** In a file. */
@Tag("fast")
final class SqliteReopenedTicketTest extends ReopenedTicketContract {

    @TempDir
    Path folder;

    @Override
    TestDatabase database() {
        return new TestDatabase("jdbc:sqlite:" + folder.resolve("store.db"), null, null);
    }
}
