package dev.mackerelredmine.store;

/** The schema of a store in a file. */
final class SqliteSchemaTest extends SchemaContract {

    @Override
    TestDatabase database() {
        return new TestDatabase("jdbc:sqlite:" + folder.resolve("store.db"), null, null);
    }
}
