package dev.mackerelredmine.settings;

import java.time.Duration;

/** When a delivery is tried. */
@Section(prefix = "delivery", title = "Delivery")
public record DeliverySettings(
        @Setting(
                value = "1s",
                en = "the wait before the first new try, doubled each time",
                ja = "最初の再試行までの時間。再試行のたびに倍になります")
        Duration initialBackoff,

        @Setting(value = "5m", en = "the longest wait between two tries", ja = "再試行の間隔の上限")
        Duration maxBackoff,

        @Setting(value = "1s", en = "how often to look for tries that are due", ja = "再試行の時刻になったものを探す間隔")
        Duration pollInterval,

        @Setting(
                value = "15m",
                en =
                        "the operator is notified ([how](operate.md#operator-notifications)) when something waits for so long; of parked alerts and refused posts, at most this often",
                ja = "これより長く配信できないものがあると運用者に知らせます([方法](operate.md#運用者へのお知らせ))。保留したアラートや受け取らなかった通知も、この間隔に 1 回まで知らせます")
        Duration stuckAfter) {}
