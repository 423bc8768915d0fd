package dev.mackerelredmine.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;

/** The clock of the server on which a store is. A store in a file has this machine's. */
public record DatabaseClock(StoreAddress address) {

    private static final String NOW = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    public boolean isOfAServer() {
        return StoreKind.of(address.url()) == StoreKind.POSTGRESQL;
    }

    /** How far it is ahead of ours; behind is negative. @throws StoreException with the reason where it cannot be asked */
    public Duration ahead() {
        try (Connection connection = DriverManager.getConnection(address.url(), login())) {
            Instant asked = Instant.now();
            try (ResultSet time = connection.createStatement().executeQuery(NOW)) {
                time.next();
                Instant halfWay =
                        asked.plus(Duration.between(asked, Instant.now()).dividedBy(2));
                return Duration.between(halfWay, Instant.ofEpochMilli(time.getLong(1)));
            }
        } catch (SQLException e) {
            throw new StoreException(String.valueOf(e.getMessage()).strip(), e);
        }
    }

    private Properties login() {
        Properties login = new Properties();
        login.setProperty("connectTimeout", "10");
        login.setProperty("socketTimeout", "10");
        if (address.user() != null) {
            login.setProperty("user", address.user());
        }
        if (address.password() != null) {
            login.setProperty("password", address.password());
        }
        return login;
    }
}
