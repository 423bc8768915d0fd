package dev.mackerelredmine.settings;

import java.time.Duration;

/** Who is notified when nobody answers. */
@Section(prefix = "escalation", title = "Escalation")
public record EscalationSettings(
        @Setting(
                en =
                        "file that says who is notified when nobody answers, such as `escalation.yaml` ([how](escalation.md)); not set: nobody is",
                ja = "応答がないときに誰へ通知するかを書いたファイル。たとえば `escalation.yaml`([方法](escalation.md))。なければ誰にも通知しません")
        String file,

        @Setting(
                value = "3",
                rare = true,
                en =
                        "how many calls a person may get within 15 minutes; what is held back comes as one call when one more is allowed",
                ja = "15 分間に 1 人へかける電話の最大数。超えた分は、次にかけられるときの 1 回にまとめます")
        int maxCalls,

        @Setting(
                value = "10",
                rare = true,
                en =
                        "how many messages a person may get within 15 minutes in each way (mail, Slack, …) other than the phone; what is held back comes as one when one more is allowed",
                ja = "15 分間に 1 人へ、電話以外の手段ごとに送るメッセージの最大数。超えた分は、次に送れるときの 1 件にまとめます")
        int maxMessages,

        @Setting(
                value = "5m",
                en =
                        "how long a person who was handed the ticket, or who has it and is asked anew, has to answer before the next step",
                ja = "チケットを引き継がれた人、または引き受けていて確認された人の応答を、次の段階まで待つ時間")
        Duration handOverWait,

        @Setting(
                value = "1h",
                min = 0,
                en =
                        "if an alert was already older than this when its ticket was made, nobody but the operator is notified; `0`: no limit ([why](escalation.md#old-alerts))",
                ja = "チケットができた時点で、発生からこの時間を過ぎていたアラートでは誰にも通知せず、運用者に知らせます。`0` なら制限しません([理由](escalation.md#古いアラート))")
        Duration maxAge) {

    /** Whether anybody is notified at all. */
    public boolean isOn() {
        return file != null;
    }
}
