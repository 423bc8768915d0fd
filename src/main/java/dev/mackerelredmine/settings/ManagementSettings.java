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

        @Setting(value = "8081", max = 65535, en = "its port", ja = "運用画面のポート")
        int port,

        @Setting(
                en =
                        "who may look and act there, by HTTP Basic; needed when `management.host` is not loopback. `/observe/health/live` and `/ready` stay open, for balancers",
                ja =
                        "運用画面の閲覧と操作ができるユーザー(HTTP Basic)。`management.host` がループバックでなければ必須です。`/observe/health/live` と `/ready` は、ロードバランサーのため認証なしで応答します")
        String user,

        @Setting(en = "the password", ja = "`management.user` のパスワード")
        Secret password,

        Reader reader) {

    /** A second login. */
    public record Reader(
            @Setting(en = "who may look there too, and change nothing", ja = "運用画面の閲覧専用のユーザー")
            String user,

            @Setting(en = "the password", ja = "`management.reader.user` のパスワード")
            Secret password) {

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
