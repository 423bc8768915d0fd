package dev.mackerelredmine.settings;

import dev.mackerelredmine.people.ClosesAlert;
import dev.mackerelredmine.people.CountsAs;
import dev.mackerelredmine.ticket.policy.FieldPolicy;
import dev.mackerelredmine.ticket.text.Language;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

/** What tickets say, and how they live. */
@Section(prefix = "ticket", title = "Tickets")
public record TicketSettings(
        @Setting(value = "en", en = "in which language tickets are written: `en` or `ja`", ja = "チケットの言語。`en` または `ja`")
        Language language,

        @Setting(
                en = "time zone of the times in tickets, such as `Asia/Tokyo`; not set: the machine's",
                ja = "チケットに書く時刻のタイムゾーン。例: `Asia/Tokyo`。未設定ならサーバーのタイムゾーン")
        ZoneId timeZone,

        @Setting(
                en =
                        "days that count as a Sunday for [office hours](policy.md#office-hours), with commas between: `2026-12-31,2027-01-01`",
                ja = "[営業時間](policy.md#営業時間)で日曜日として扱う日。コンマで区切ります: `2026-12-31,2027-01-01`")
        Set<LocalDate> holidays,

        @Setting(
                value = "30m",
                min = 0,
                en = "how soon after its end the same problem reopens its ticket; `0`: never",
                ja = "終了からこの時間内に同じ問題が起きたら、チケットを再開します。`0` なら再開しません")
        Duration reopenWindow,

        @Setting(
                value = "true",
                en = "whether a ticket is closed when its last alert recovers",
                ja = "最後のアラートが復旧したら、チケットを終了するか")
        boolean closeOnRecovery,

        @Setting(value = "24h", en = "how often a note says that an alert still fires", ja = "アラートが継続中であることをコメントする間隔")
        Duration resendNoteInterval,

        @Setting(
                value = "true",
                en = "whether the graph of a new alert is fetched from mackerel.io and attached",
                ja = "新しいアラートのグラフを mackerel.io から取得して添付するか")
        boolean graphs,

        @Setting(
                value = "true",
                en = "whether a group of alerts gets a ticket, as an alert does",
                ja = "アラートグループも、アラートと同じようにチケットにするか")
        boolean alertGroups,

        @Setting(
                value = "false",
                en = "whether a note is written on a host's open tickets when its status changes or it is retired",
                ja = "ホストのステータス変更や退役を、そのホストの未完了チケットにコメントするか")
        boolean noteHostEvents,

        @Setting(
                value = "assignee,status,note",
                en =
                        "by what a person [acknowledges](who-is-on-it.md#what-counts) a ticket, with commas between: `assignee`, `status`, `note`",
                ja = "[対応の開始](who-is-on-it.md#対応とみなす操作)とみなす操作。コンマで区切ります: `assignee`、`status`、`note`")
        Set<CountsAs> acknowledgedBy,

        @Setting(
                en =
                        "users whose changes do not count as a person's, such as other bots: names as Redmine shows them, or numbers, with commas between",
                ja = "人の操作とみなさないユーザー(別のボットなど)。Redmine に表示される名前または番号をコンマで区切ります")
        Set<String> ignoreUsers,

        @Setting(
                value = "15m",
                min = 0,
                en =
                        "how long a critical ticket may stay unacknowledged before the [operator is notified](who-is-on-it.md#unanswered); `0`: never notified",
                ja = "critical のチケットに誰も対応しないとき、[運用者に知らせる](who-is-on-it.md#未対応のお知らせ)までの時間。`0` なら知らせません")
        Duration unansweredAfter,

        @Setting(
                value = "never",
                en =
                        "which alerts a person closes at Mackerel by closing their ticket ([how](connect-mackerel.md#closing-alerts)): `never`, `when-orphaned` (those that Mackerel no longer watches) or `always`",
                ja =
                        "人がチケットを終了したとき、Mackerel のアラートもクローズするかどうか([詳しく](connect-mackerel.md#アラートのクローズ))。`never`、`when-orphaned`(Mackerel が監視しなくなったもの)、`always`")
        ClosesAlert closeClosesAlert,

        FieldPolicies fieldPolicy) {

    public boolean closesAlerts() {
        return closeClosesAlert != ClosesAlert.NEVER;
    }

    public record FieldPolicies(
            @Setting(
                    value = "follow",
                    en =
                            "how long the service may change the status ([more](lifecycle.md#what-people-change)): `once` = only at creation; `follow` = until a person changes it, and then the ticket is not closed either; `always` = also over what a person set",
                    ja =
                            "サービスがステータスをいつまで変えるか([詳しく](lifecycle.md#人が変更した項目))。`once` は作成時だけ、`follow` は人が変えるまで(人が変えたチケットは終了もしません)、`always` は人が変えた値も上書きします")
            FieldPolicy status,

            @Setting(value = "follow", en = "the same for the priority", ja = "優先度をいつまで更新するか: `once`、`follow`、`always`")
            FieldPolicy priority,

            @Setting(value = "once", en = "the same for the assignee", ja = "担当者をいつまで更新するか: `once`、`follow`、`always`")
            FieldPolicy assignee,

            @Setting(value = "follow", en = "the same for the subject", ja = "題名をいつまで更新するか: `once`、`follow`、`always`")
            FieldPolicy subject,

            @Setting(
                    value = "follow",
                    en = "the same for the custom field of the alert's level",
                    ja = "アラートのレベルのカスタムフィールドをいつまで更新するか: `once`、`follow`、`always`")
            FieldPolicy level) {}
}
