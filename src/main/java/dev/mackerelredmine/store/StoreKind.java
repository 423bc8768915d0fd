package dev.mackerelredmine.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.StatementBuilderFactory;

/** The databases in which a store can be, and all in which they differ; the SQL is one. */
enum StoreKind {
    /**
     * SQLite has one writer at a time: one connection keeps the queue for it in Java, where it is fair. Synchronous FULL makes
     * a commit wait for the disk, with all that was committed before it, and NORMAL leaves it to the next. IMMEDIATE makes a transaction wait
     * its turn at its start instead of failing in its midst. The number of the last row is not asked after each statement: RETURNING answers
     * it where it is needed.
     */
    SQLITE("jdbc:sqlite:", "org.sqlite.JDBC", 1, "INTEGER PRIMARY KEY AUTOINCREMENT", "BLOB", "", "") {
        @Override
        void configure(HikariConfig connections) {
            connections.addDataSourceProperty("journal_mode", "WAL");
            connections.addDataSourceProperty("synchronous", "FULL");
            connections.addDataSourceProperty("busy_timeout", "10000");
            connections.addDataSourceProperty("foreign_keys", "true");
            connections.addDataSourceProperty("transaction_mode", "IMMEDIATE");
            connections.addDataSourceProperty("jdbc.get_generated_keys", "false");
        }

        /** Set each time: nobody has to know what the transaction before was. */
        @Override
        void beforeTransaction(Statement statement, boolean waitsForDisk) throws SQLException {
            statement.execute(waitsForDisk ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        }

        /** Who only reads need not wait for the writer, and the writer not for them. */
        @Override
        Optional<HikariConfig> readers(StoreAddress address) {
            HikariConfig connections = configuration(address);
            connections.setPoolName("store-readers");
            connections.setMaximumPoolSize(2);
            // The second is opened when it is needed: one that opens by itself may do so while the store is closed, and
            // its files made anew.
            connections.setMinimumIdle(1);
            connections.setConnectionInitSql("PRAGMA query_only = true");
            connections.addDataSourceProperty("transaction_mode", "DEFERRED");
            return Optional.of(connections);
        }

        @Override
        StatementBuilderFactory statements() {
            return new KeptStatements();
        }
    },
    /**
     * The statements are written for READ COMMITTED, whatever the server's default is, and a commit waits for the disk: a
     * server or a role can be set not to. A server that fell silent is given up, so that a post is answered with 503 in time.
     */
    POSTGRESQL(
            "jdbc:postgresql:",
            "org.postgresql.Driver",
            10,
            "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            "BYTEA",
            "FOR NO KEY UPDATE SKIP LOCKED",
            "COLLATE \"C\"") {
        @Override
        void configure(HikariConfig connections) {
            connections.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            connections.setConnectionInitSql("SELECT set_config('synchronous_commit', 'on', false)"
                    + " WHERE current_setting('synchronous_commit') = 'off'");
            connections.addDataSourceProperty("ApplicationName", "mackerel-redmine");
            connections.addDataSourceProperty("connectTimeout", "10");
            connections.addDataSourceProperty("socketTimeout", "30");
            connections.addDataSourceProperty("tcpKeepAlive", "true");
        }

        @Override
        void beginsTransaction(Statement statement, boolean waitsForDisk) throws SQLException {
            if (!waitsForDisk) {
                statement.execute("SET LOCAL synchronous_commit TO off");
            }
        }
    };

    /** For a connection; then a post is answered with 503. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final String prefix;
    private final String driver;
    private final int connections;
    private final String identity;
    private final String blob;
    private final String skipLocked;
    private final String bytewise;

    StoreKind(
            String prefix,
            String driver,
            int connections,
            String identity,
            String blob,
            String skipLocked,
            String bytewise) {
        this.prefix = prefix;
        this.driver = driver;
        this.connections = connections;
        this.identity = identity;
        this.blob = blob;
        this.skipLocked = skipLocked;
        this.bytewise = bytewise;
    }

    static StoreKind of(String url) {
        return Stream.of(values())
                .filter(kind -> url.startsWith(kind.prefix))
                .findFirst()
                .orElseThrow(() -> new StoreException(
                        "store.url (STORE_URL) is no jdbc:sqlite: and no jdbc:postgresql: address", null));
    }

    HikariConfig configuration(StoreAddress address) {
        HikariConfig configuration = new HikariConfig();
        configuration.setPoolName("store");
        configuration.setJdbcUrl(address.url());
        configuration.setUsername(address.user());
        configuration.setPassword(address.password());
        configuration.setDriverClassName(driver);
        configuration.setMaximumPoolSize(connections);
        configuration.setConnectionTimeout(LONGEST_WAIT.toMillis());
        configure(configuration);
        return configuration;
    }

    abstract void configure(HikariConfig connections);

    /** Has the connection's next transaction wait for the disk when it commits, or not. */
    void beforeTransaction(Statement statement, boolean waitsForDisk) throws SQLException {}

    /** The same for the transaction that just began. */
    void beginsTransaction(Statement statement, boolean waitsForDisk) throws SQLException {}

    /** Connections of their own for transactions that only read; absent where they need none. */
    Optional<HikariConfig> readers(StoreAddress address) {
        return Optional.empty();
    }

    /** Who prepares statements. PostgreSQL's driver keeps them itself, so here each is only made once in a transaction. */
    StatementBuilderFactory statements() {
        return connection -> new PreparedOnce(connection, new HashMap<>());
    }

    /** What the tables' text leaves open. */
    Map<String, String> placeholders() {
        return Map.of("identity", identity, "blob", blob);
    }

    /** What makes a comparison of texts one of their bytes, where that is not so anyway. */
    String bytewise() {
        return bytewise;
    }

    /** What makes a claim pass over the rows that another is just claiming. */
    String skipLocked() {
        return skipLocked;
    }
}
