package dev.mackerelredmine.settings;

import java.time.Duration;

/** When a delivery is tried. */
@Section(prefix = "delivery", title = "Delivery")
public record DeliverySettings(
        @Setting(
                value = "1s",
                rare = true,
                en = "the wait before the first retry, doubled each time",
                ja = "最初の再試行までの時間。再試行のたびに倍になります")
        Duration initialBackoff,

        @Setting(value = "5m", rare = true, en = "the longest wait before a retry", ja = "再試行の間隔の上限")
        Duration maxBackoff,

        @Setting(
                value = "1s",
                rare = true,
                en = "how often to check for retries that are due",
                ja = "再試行の時刻になったものを探す間隔")
        Duration pollInterval,

        @Setting(
                value = "15m",
                en =
                        "the operator is notified ([how](operate.md#operator-notifications)) when an alert waits to be delivered for longer than this. Parked alerts and refused posts are reported at most this often",
                ja = "これより長く配信できないものがあると運用者に知らせます([方法](operate.md#運用者へのお知らせ))。保留したアラートや受け取らなかった通知も、この間隔に 1 回まで知らせます")
        Duration stuckAfter) {}
