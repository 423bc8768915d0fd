package dev.mackerelredmine.store;

import org.junit.jupiter.api.Tag;

/** The schema of a store in a file. */
@Tag("fast")
final class SqliteSchemaTest extends SchemaContract {

    @Override
    TestDatabase database() {
        return new TestDatabase("jdbc:sqlite:" + folder.resolve("store.db"), null, null);
    }
}
