package dev.mackerelredmine.settings;

/** The port of health, metrics and preview. */
@Section(prefix = "management", title = "Management")
public record ManagementSettings(
        @Setting(
                value = "127.0.0.1",
                en = "address of `/observe/health`, `/observe/metrics` and `/preview`",
                ja = "`/observe/health`、`/observe/metrics`、`/preview` のアドレス")
        String host,

        @Setting(value = "8081", max = 65535, en = "its port", ja = "そのポート")
        int port,

        @Setting(
                en =
                        "who may look there, by HTTP Basic; needed when `management.host` is not loopback. `/observe/health/live` and `/ready` stay open, for balancers",
                ja =
                        "そこを見られるユーザー(HTTP Basic)。`management.host` がループバックでなければ必須です。`/observe/health/live` と `/ready` は、負荷分散装置のために開いたままです")
        String user,

        @Setting(en = "the password", ja = "そのパスワード") Secret password) {

    /** The password, or null. */
    public String secret() {
        return password == null ? null : password.value();
    }
}
