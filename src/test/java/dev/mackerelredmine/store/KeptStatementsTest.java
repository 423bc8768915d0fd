package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
final class KeptStatementsTest {

    @TempDir
    Path folder;

    private final Set<PreparedStatement> prepared = Collections.newSetFromMap(new IdentityHashMap<>());
    private HikariDataSource pool;
    private Jdbi jdbi;

    @BeforeEach
    void open() {
        StoreAddress address = StoreAddress.of("jdbc:sqlite:" + folder.resolve("store.db"));
        pool = new HikariDataSource(StoreKind.SQLITE.configuration(address));
        jdbi = Jdbi.create(pool);
        jdbi.setStatementBuilderFactory(StoreKind.SQLITE.statements());
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE word (word TEXT UNIQUE)"));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void a_statement_is_prepared_once_for_all_transactions_of_a_connection() {
        for (int i = 0; i < 3; i++) {
            add("word " + i);
        }

        assertThat(prepared).hasSize(1);
        assertThat(words()).containsExactly("word 0", "word 1", "word 2");
    }

    @Test
    void one_that_failed_runs_again() {
        add("word");

        assertThatThrownBy(() -> add("word")).isInstanceOf(JdbiException.class);
        add("another");

        assertThat(words()).containsExactly("another", "word");
    }

    @Test
    void the_same_inside_itself_is_prepared_twice() {
        add("a");
        add("b");
        jdbi.useHandle(handle -> select(handle, "").useIterator(outer -> {
            while (outer.hasNext()) {
                String word = outer.next();
                assertThat(select(handle, word).list()).doesNotContain(word);
            }
        }));

        assertThat(words()).containsExactly("a", "b");
    }

    /** Else what waits to be read would hold the log of the store in its place. */
    @Test
    void one_of_which_only_the_first_row_was_read_is_over() throws SQLException {
        add("a");
        add("b");
        assertThat(jdbi.<String, JdbiException>withHandle(
                        handle -> select(handle, "").findFirst().orElseThrow()))
                .isEqualTo("a");

        try (HikariDataSource other = new HikariDataSource(
                StoreKind.SQLITE.configuration(StoreAddress.of("jdbc:sqlite:" + folder.resolve("store.db"))))) {
            List<Integer> busy = Jdbi.create(other)
                    .withHandle(handle -> handle.select("PRAGMA wal_checkpoint(TRUNCATE)")
                            .mapTo(Integer.class)
                            .list());
            assertThat(busy).as("whether the checkpoint was held up").containsExactly(0);
        }
    }

    @Test
    void a_new_connection_prepares_its_own() {
        add("a");
        pool.getHikariPoolMXBean().softEvictConnections();
        add("b");

        assertThat(prepared).hasSize(2);
        assertThat(words()).containsExactly("a", "b");
    }

    private void add(String word) {
        jdbi.useTransaction(handle -> handle.createUpdate("INSERT INTO word VALUES (:word)")
                .bind("word", word)
                .addCustomizer(noted())
                .execute());
    }

    private StatementCustomizer noted() {
        return new StatementCustomizer() {
            @Override
            public void beforeExecution(PreparedStatement statement, StatementContext context) {
                prepared.add(statement);
            }
        };
    }

    private ResultIterable<String> select(Handle handle, String but) {
        Query query = handle.createQuery("SELECT word FROM word WHERE word <> :but ORDER BY word")
                .bind("but", but);
        return query.mapTo(String.class);
    }

    private List<String> words() {
        return jdbi.withHandle(handle -> select(handle, "").list());
    }
}
