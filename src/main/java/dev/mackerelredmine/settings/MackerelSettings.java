package dev.mackerelredmine.settings;

import java.time.Duration;

/** What is read from Mackerel's API, and what is written to it. */
@Section(prefix = "mackerel", title = "Mackerel's API")
public record MackerelSettings(
        @Setting(
                en =
                        "API key of your organization at Mackerel: with it, alerts whose webhook was lost are found ([how](connect-mackerel.md#lost-webhooks)); not set: Mackerel is never asked",
                ja =
                        "Mackerel のオーガニゼーションの API キー。設定すると、通知が届かなかったアラートを見つけます([方法](connect-mackerel.md#届かなかった通知))。未設定なら Mackerel に問い合わせません")
        Secret apikey,

        @Setting(
                value = "https://api.mackerelio.com",
                rare = true,
                en = "address of Mackerel's API; for KCPS `https://kcps-mackerel.io`",
                ja = "Mackerel の API のアドレス。KCPS では `https://kcps-mackerel.io`")
        String url,

        @Setting(value = "2m", en = "how often Mackerel is asked what it has", ja = "Mackerel に問い合わせる間隔")
        Duration reconcileInterval,

        @Setting(
                value = "1h",
                rare = true,
                min = 0,
                en = "when Mackerel is asked for the first time, alerts that are older than this get no ticket",
                ja = "最初の問い合わせで見つかったアラートのうち、チケットにするものの古さの上限")
        Duration lookBack,

        @Setting(
                value = "50",
                rare = true,
                en =
                        "for how many new alerts tickets are made each time Mackerel is asked; the others follow the next times",
                ja = "1 回の問い合わせでチケットにする新しいアラートの数。残りは次回以降に続けます")
        int foundMax,

        @Setting(
                en =
                        "address of this service's webhook channel, as it stands at Mackerel. Needed only if its path does not identify it. A secret, because it may hold a key",
                ja = "Mackerel に登録した、このサービスの Webhook チャンネルの URL。パスで見分けられない場合に設定します。キーを含むことがあるのでシークレットです")
        Secret channelUrl,

        @Setting(
                value = "false",
                en =
                        "whether the ticket's number and address are written into the alert's memo; the key then needs to write",
                ja = "チケットの番号と URL をアラートのメモに書くか。書き込みできる API キーが必要です")
        boolean memo,

        @Setting(
                en =
                        "service at Mackerel that gets a metric each minute while this runs ([how](connect-mackerel.md#heartbeat)); not set: nothing is sent",
                ja = "動作中に毎分メトリックを送る先の Mackerel のサービス([方法](connect-mackerel.md#ハートビート))。未設定なら送りません")
        String heartbeatService) {

    /** Whether Mackerel is asked at all. */
    public boolean isAsked() {
        return apikey != null;
    }

    /** The key. It is asked for only where there is one. */
    public String key() {
        return apikey.value();
    }

    /** Null where it is not set. */
    public String channel() {
        return channelUrl == null ? null : channelUrl.value();
    }
}
