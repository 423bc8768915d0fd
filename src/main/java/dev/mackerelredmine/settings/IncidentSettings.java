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
                ja = "`ticket.incident` が同じ異なる問題がいくつ発生したらインシデントにするか([方法](incidents.md))。`0` ならインシデントを作りません")
        int after,

        @Setting(
                value = "10m",
                en =
                        "within what time these problems must open (by the alerts' own times), and within what time of another alert a later one joins",
                ja = "それらが発生する時間の幅(アラート自身の時刻による)。後から発生したアラートが加わる時間の幅でもあります")
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
                ja = "どのアラートも発生していない状態がどれだけ続いたらインシデントを終わりとするか")
        Duration quiet,

        @Setting(
                value = "4h",
                en = "an alert that opens later than this after the incident's first alert does not join the incident",
                ja = "インシデントの最初のアラートからこの時間より後に発生したアラートは加わりません")
        Duration maxAge) {}
