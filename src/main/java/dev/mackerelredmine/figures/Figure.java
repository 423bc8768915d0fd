package dev.mackerelredmine.figures;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The figures, with their names and definitions as they are published wherever a figure is shown. */
public enum Figure {
    ALERTS(
            "Alerts",
            "アラート",
            "Alerts that opened in the period, by the highest severity that each had. Alert groups and incidents are not counted, because their alerts are.",
            "期間内に発生したアラート。それぞれ最も高い重大度で数えます。アラートグループとインシデントは、その中のアラートを個別に数えるので、それ自体は数えません。"),
    TO_TICKET(
            "Time to ticket",
            "チケット化までの時間",
            "From the alert's opening at Mackerel until Redmine had its ticket, or the ticket that it joined: the time that this service takes, not people.",
            "Mackerel での発生から、Redmine にチケットができる(または既存のチケットに追加される)まで。人ではなくこのサービスにかかった時間です。"),
    TO_ACKNOWLEDGE(
            "Time to acknowledge",
            "対応開始までの時間",
            "From the alert's opening until a person first acknowledged its ticket: median and 90th percentile. It stays as it is when the ticket is handed over or given back later; a hand-over by itself acknowledges nothing. It counts alerts that lasted 5 minutes or were acknowledged. Those that recovered unseen have a share of their own; they do not count as 0. An alert that joined a ticket that somebody already had counts as acknowledged, without a time.",
            "発生から、チケットへの最初の対応まで(中央値と 90 パーセンタイル)。後で引き継いでも、対応を取り消しても、変わりません。引き継いだだけでは対応になりません。5 分以上続いたか、対応があったアラートが対象です。誰も対応しないまま復旧したものは時間の計算に含めず、割合を別に示します。すでに対応している人がいるチケットに追加されたアラートは「対応あり」とし、時間は計算しません。"),
    TO_RECOVER(
            "Time to recover",
            "復旧までの時間",
            "From the alert's opening until it was closed. Alerts that recovered by themselves are shown apart from those that ended by hand: a person closed the alert, or removed its monitor, host or service. Those that never ended are counted as open.",
            "発生から、復旧またはクローズまで。自動復旧したものと、人の操作(アラートのクローズ、監視ルール・ホスト・サービスの削除)によるものを分けます。復旧もクローズもしていないものは、発生中として数えます。"),
    NEVER_ACKNOWLEDGED(
            "Never acknowledged",
            "一度も対応なし",
            "Alerts that nobody has acknowledged so far, whether they are open or over, of any severity. One that was acknowledged and then handed over or given back is not among them. It has no deadline: the operator's notice and the first page call a critical ticket unanswered that nobody is on in time.",
            "重大度や、発生中かどうかを問わず、これまで誰も対応していないアラート。対応の後に引き継いだものや、対応を取り消したものは含みません。期限はありません。運用者へのお知らせと最初の画面の「未対応」は、期限までに誰も対応していない critical のチケットのことです。"),
    RECOVERED_UNSEEN(
            "Recovered unseen",
            "気づかれずに復旧",
            "Alerts that were over and that nobody had acknowledged.",
            "誰も対応しないまま復旧またはクローズしたアラート。"),
    SHORT("Short", "短時間", "Alerts that were over within 5 minutes.", "5 分以内に復旧またはクローズしたアラート。"),
    FLAPPING(
            "Flapping",
            "頻発",
            "Alerts of which the same problem opened three times or more within 24 hours.",
            "同じ問題が 24 時間以内に 3 回以上発生したアラート。"),
    NIGHT_LOAD(
            "Night load",
            "夜間の呼び出し",
            "Pages that people got between 22:00 and 8:00 in the time zone of tickets, by the rota that brought them. A page about an incident counts for the first of its alerts. Persons are never ranked.",
            "22 時から 8 時まで(チケットのタイムゾーン)に届いた呼び出し。当番表ごとに数え、個人の順位は付けません。インシデントの呼び出しは、その最初のアラートのものとして数えます。"),
    NOISE(
            "Noise",
            "ノイズ",
            "For each problem: its alerts × (1 − the share acknowledged) × (the share over within 5 minutes). It ranks problems, and each has one suggestion. Fewer than 10 alerts are too few to judge.",
            "問題ごとに、アラート数 × (1 − 対応があった割合) × (5 分以内に復旧またはクローズした割合)。値の大きい順に問題を並べ、それぞれに提案を 1 つ示します。10 件未満では判断しません。"),
    VERDICT(
            "Verdict by people",
            "人による評価",
            "What people said of alerts in their tickets: the value of the custom field report.verdict-field, or noise where a note says #noise or 対応不要.",
            "チケットで人が付けた評価。カスタムフィールド report.verdict-field の値、またはコメントに「#noise」か「対応不要」があれば noise と数えます。");

    private final String en;
    private final String ja;
    private final String definition;
    private final String definitionJa;

    Figure(String en, String ja, String definition, String definitionJa) {
        this.en = en;
        this.ja = ja;
        this.definition = definition;
        this.definitionJa = definitionJa;
    }

    public String title(boolean isJapanese) {
        return isJapanese ? ja : en;
    }

    public String definition(boolean isJapanese) {
        return isJapanese ? definitionJa : definition;
    }

    /** As the API writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All of them, by the API's words. */
    public static Map<String, String> definitions(boolean isJapanese) {
        Map<String, String> definitions = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(figure -> definitions.put(figure.toString(), figure.definition(isJapanese)));
        return definitions;
    }
}
