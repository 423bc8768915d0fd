package dev.mackerelredmine.settings;

import java.time.Duration;

/** Where events are kept. */
@Section(prefix = "store", title = "Store")
public record StoreSettings(
        @Setting(
                value = "jdbc:sqlite:data/mackerel-redmine.db",
                en =
                        "where events are kept: a file of SQLite, or a database of PostgreSQL ([PostgreSQL](postgresql.md))",
                ja = "通知の保存先。SQLite のファイル、または PostgreSQL のデータベース([PostgreSQL](postgresql.md))")
        String url,

        @Setting(en = "PostgreSQL's user; SQLite needs none", ja = "PostgreSQL のユーザー。SQLite では不要です")
        String user,

        @Setting(en = "PostgreSQL's password; SQLite needs none", ja = "PostgreSQL のパスワード。SQLite では不要です")
        Secret password,

        @Setting(
                value = "400d",
                en = "how long an alert that is over is kept, with its events",
                ja = "終わったアラートを、通知とともに残しておく期間")
        Duration retention,

        @Setting(
                value = "1100d",
                en = "how long the numbers of each alert are kept from which [figures](figures.md) are made",
                ja = "[指標](figures.md)の元になる、アラートごとの数値を残しておく期間")
        Duration figuresRetention) {

    /** The password, or null. */
    public String secret() {
        return password == null ? null : password.value();
    }
}
