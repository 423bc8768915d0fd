package dev.mackerelredmine.settings;

/** The port of the page for people, health, metrics and preview. */
@Section(prefix = "management", title = "Management")
public record ManagementSettings(
        @Setting(
                value = "127.0.0.1",
                en =
                        "address of the page for people (`/`), its API, `/observe/health`, `/observe/metrics` and `/preview`",
                ja = "運用画面(`/`)とその API、`/observe/health`、`/observe/metrics`、`/preview` のアドレス")
        String host,

        @Setting(value = "8081", max = 65535, en = "its port", ja = "そのポート")
        int port,

        @Setting(
                en =
                        "who may look and act there, by HTTP Basic; needed when `management.host` is not loopback. `/observe/health/live` and `/ready` stay open, for balancers",
                ja =
                        "そこを見て操作できるユーザー(HTTP Basic)。`management.host` がループバックでなければ必須です。`/observe/health/live` と `/ready` は、負荷分散装置のために開いたままです")
        String user,

        @Setting(en = "the password", ja = "そのパスワード") Secret password,

        Reader reader) {

    /** A second login. */
    public record Reader(
            @Setting(en = "who may look there too, and change nothing", ja = "そこを見られるだけで、何も変えられないユーザー")
            String user,

            @Setting(en = "the password", ja = "そのパスワード") Secret password) {

        /** The password, or null. */
        public String secret() {
            return password == null ? null : password.value();
        }
    }

    /** The password, or null. */
    public String secret() {
        return password == null ? null : password.value();
    }
}
