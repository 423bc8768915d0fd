package dev.mackerelredmine.settings;

import dev.mackerelredmine.text.TextFormat;
import java.time.Duration;
import java.util.Map;

/** Where tickets go, and what they get there. */
@Section(prefix = "redmine", title = "Redmine")
public record RedmineSettings(
        @Setting(
                en = "Redmine's address, such as `https://redmine.example.jp`",
                ja = "Redmine のアドレス(例: `https://redmine.example.jp`)")
        String url,

        @Setting(
                en = "instead of `redmine.url`: Redmine's IP address, with `:port` if it has one; plain http",
                ja = "`redmine.url` の代わりに使う Redmine の IP アドレス。必要なら `:ポート` を付けます。HTTP で接続します")
        String ip,

        @Setting(en = "with `redmine.ip`: the name sent as the Host header", ja = "`redmine.ip` を使うときに Host ヘッダーで送る名前")
        String host,

        @Setting(en = "API key of the bot user, who is the author of the tickets", ja = "ボットのユーザー(チケットの作成者)の API キー")
        Secret apikey,

        @Setting(
                en = "where a proxy in front of Redmine asks for a login of its own (HTTP Basic): its user",
                ja = "Redmine の手前のプロキシが独自の認証(HTTP Basic)を求める場合のユーザー名")
        String proxyUser,

        @Setting(en = "and its password", ja = "`redmine.proxy-user` のパスワード")
        Secret proxyPassword,

        @Setting(
                en =
                        "file of the certificates (PEM) of the authorities that Redmine's certificate is to be from, instead of those that Java knows",
                ja = "Redmine の証明書を発行した認証局の証明書(PEM)のファイル。Java が知っている認証局の代わりに使います")
        String ca,

        @Setting(en = "project: identifier or number", ja = "プロジェクトの識別子または番号")
        String project,

        @Setting(
                en = "tracker: name or number; not set: the project's first",
                ja = "トラッカーの名前または番号。未設定ならプロジェクトの最初のトラッカー")
        String tracker,

        @Setting(
                en =
                        "assignee: name or number of a user or group, or `on-call:NAME` ([whoever is on call](policy.md#on-call)); not set: nobody",
                ja = "担当者(ユーザーまたはグループ)の名前または番号、または `on-call:NAME`([その時点の当番](policy.md#当番))。未設定なら担当者なし")
        String assigned,

        @Setting(
                en = "status of a new ticket: name or number; not set: the tracker's default status",
                ja = "新しいチケットのステータスの名前または番号。未設定ならトラッカーのデフォルト")
        String status,

        @Setting(
                en =
                        "status of a ticket that is closed: name or number of a closed one; not set: the first closed status that the workflow allows",
                ja = "チケットを終了するときに設定するステータス(「終了したチケット」がオンのもの)の名前または番号。未設定なら、ワークフローで許可された最初の終了ステータス")
        String closedStatus,

        @Setting(
                en =
                        "status of a ticket that is opened again: name or number; not set: the one that it was created with, else the first open one that the workflow allows",
                ja = "チケットを再開するときに設定するステータスの名前または番号。未設定なら、作成時のステータス。それがワークフローで許可されていなければ、許可されている最初の未完了ステータス")
        String reopenedStatus,

        Priority priority,
        CustomField customField,

        @Setting(
                en =
                        "value of the custom field of that number where nothing else fills it: for one that Redmine requires. Also sent with a change of status, where the field is empty",
                ja = "その番号のカスタムフィールドに、ほかに値がないときに入れる値。Redmine で必須のフィールド用です。ステータスを変えるときにも、空のフィールドに入れます")
        Map<Long, String> field,

        @Setting(
                value = "common_mark",
                en = "Redmine's text formatting: `common_mark`, `markdown` or `textile`",
                ja = "Redmine のテキスト書式: `common_mark`、`markdown`、`textile`")
        TextFormat textFormat,

        @Setting(value = "5s", rare = true, en = "longest wait for a connection to Redmine", ja = "Redmine への接続を待つ時間")
        Duration connectTimeout,

        @Setting(
                value = "30s",
                rare = true,
                en = "longest wait for Redmine's answer, to its end",
                ja = "Redmine の応答を待つ時間")
        Duration responseTimeout,

        @Setting(value = "2", en = "how many requests Redmine gets at a time", ja = "Redmine に同時に送るリクエストの数")
        int maxConcurrency,

        @Setting(
                value = "5",
                min = 0,
                en =
                        "how many requests Redmine gets in any one second, so that people can work with it while much is delivered; `0`: as many as it takes",
                ja = "Redmine に 1 秒間に送るリクエストの上限(大量に配信している間も人が Redmine を使えるように)。`0` は制限なし")
        int maxRequestsPerSecond,

        @Setting(
                value = "30s",
                en = "how often Redmine is asked [what people did](who-is-on-it.md), while a ticket is open",
                ja = "未完了のチケットがある間、[人の操作](who-is-on-it.md)を Redmine に問い合わせる間隔")
        Duration pollInterval,

        @Setting(
                value = "60s",
                rare = true,
                en =
                        "after a creation without an answer, how long to wait before a ticket that is not found is made again",
                ja = "作成の応答がなかったあと、チケットが見つからないときに、もう一度作るまで待つ時間")
        Duration settleTime) {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    private static final int REQUESTS_IN_A_LEASE = 7;

    /** From its beginning to the end of its answer. */
    public Duration longestRequest() {
        return connectTimeout.plus(responseTimeout);
    }

    /** A minute in which clocks may differ, and enough for seven requests that all take as long as they may. */
    public Duration lease() {
        return CLOCKS_DIFFER.plus(longestRequest().multipliedBy(REQUESTS_IN_A_LEASE));
    }

    public record Priority(
            @Setting(
                    en =
                            "priority of a new ticket whose alert is critical: name or number; not set: the default priority",
                    ja = "critical のアラートのチケットの優先度の名前または番号。未設定なら Redmine のデフォルト")
            String critical,

            @Setting(
                    en =
                            "priority of a new ticket whose alert is warning: name or number; not set: the default priority",
                    ja = "warning のアラートのチケットの優先度の名前または番号。未設定なら Redmine のデフォルト")
            String warning,

            @Setting(
                    en =
                            "priority of a new ticket whose alert is unknown: name or number; not set: the default priority",
                    ja = "unknown のアラートのチケットの優先度の名前または番号。未設定なら Redmine のデフォルト")
            String unknown) {}

    public record CustomField(
            @Setting(en = "number of the custom field for the monitor's name", ja = "監視ルール名を入れるカスタムフィールドの番号")
            Long monitor,

            @Setting(
                    en = "number of the custom field for the alert's level (warning, critical, unknown)",
                    ja = "アラートのレベル(warning、critical、unknown)を入れるカスタムフィールドの番号")
            Long level,

            @Setting(
                    en = "number of the custom field for the host's name, else the service's",
                    ja = "ホスト名(なければサービス名)を入れるカスタムフィールドの番号")
            Long host,

            @Setting(en = "number of the custom field for the alert's id", ja = "アラート ID を入れるカスタムフィールドの番号")
            Long alertId) {}
}
