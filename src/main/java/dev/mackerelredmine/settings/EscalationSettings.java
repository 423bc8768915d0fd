package dev.mackerelredmine.settings;

import java.time.Duration;

/** Who is notified when nobody answers. */
@Section(prefix = "escalation", title = "Escalation")
public record EscalationSettings(
        @Setting(
                en =
                        "file that says who is notified when nobody answers, such as `escalation.yaml` ([how](escalation.md)); not set: nobody is",
                ja = "応答がないときに誰を呼び出すかを書いたファイル。例: `escalation.yaml`([方法](escalation.md))。未設定なら誰も呼び出しません")
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
                ja = "引き継ぎ先の人、または確認の呼び出しを受けた対応者の応答を待つ時間。過ぎると次の段階に進みます")
        Duration handOverWait,

        @Setting(
                value = "1h",
                min = 0,
                en =
                        "if an alert was already older than this when its ticket was made, nobody but the operator is notified; `0`: no limit ([why](escalation.md#old-alerts))",
                ja = "チケットの作成時に発生からこの時間を過ぎているアラートは、呼び出しを行わず、運用者に知らせます。`0` なら制限しません([理由](escalation.md#古いアラート))")
        Duration maxAge) {

    /** Whether anybody is notified at all. */
    public boolean isOn() {
        return file != null;
    }
}
