package dev.mackerelredmine.settings;

import java.time.Duration;

/** When several alerts become one incident. */
@Section(prefix = "incident", title = "Incidents")
public record IncidentSettings(
        @Setting(
                value = "3",
                min = 0,
                en =
                        "how many different problems with the same `ticket.incident` make an incident ([how](incidents.md)); `0`: none is made",
                ja = "同じ `ticket.incident` を持つ問題が何種類発生したらインシデントにするか([方法](incidents.md))。`0` ならインシデントを作りません")
        int after,

        @Setting(
                value = "10m",
                en =
                        "within what time these problems must open (by the alerts' own times), and within what time of another alert a later one joins",
                ja = "`incident.after` 種類の問題を数える時間の幅(アラートの発生時刻で判定)。後から発生したアラートを追加する時間の幅でもあります")
        Duration window,

        @Setting(
                value = "10",
                min = 0,
                en = "how many problems of an incident have tickets of their own; further ones are lines in its list",
                ja = "1 つのインシデントで、いくつの問題まで個別のチケットを作るか。それを超えた問題はインシデントの一覧の行になります")
        int children,

        @Setting(
                value = "10m",
                min = 0,
                en = "an incident is over when none of its alerts has fired for this long",
                ja = "どのアラートも発生していない状態がどれだけ続いたらインシデントを収束とするか")
        Duration quiet,

        @Setting(
                value = "4h",
                en = "an alert that opens later than this after the incident's first alert does not join the incident",
                ja = "インシデントにアラートを追加できる期間。最初のアラートからこの時間を過ぎて発生したアラートは追加しません")
        Duration maxAge) {}
