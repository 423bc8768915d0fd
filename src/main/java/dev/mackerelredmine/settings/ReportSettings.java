package dev.mackerelredmine.settings;

/** The report of each week. */
@Section(prefix = "report", title = "Weekly report")
public record ReportSettings(
        @Setting(
                en =
                        "page of the wiki of `redmine.project` to which the report of the week is written each Monday, such as `Alerts` or `Alerts-{week}` ([how](report.md)); not set: no report is written by itself",
                ja =
                        "毎週月曜日に前の週のレポートを書く、`redmine.project` の Wiki ページ。例: `Alerts`、`Alerts-{week}`([詳しく](report.md))。未設定なら自動では書きません")
        String wikiPage,

        @Setting(
                en = "tracker of the tickets that are counter-measures: name or number; not set: any",
                ja = "対策とするチケットのトラッカー。名前または番号。未設定ならトラッカーで絞り込みません")
        String tracker,

        @Setting(
                en =
                        "category of the tickets that are counter-measures: name or number; if neither tracker nor category is set, the report lists no counter-measures",
                ja = "対策とするチケットのカテゴリ。名前または番号。トラッカーもカテゴリも未設定なら、レポートに対策は載りません")
        String category,

        @Setting(
                en =
                        "number of the custom field in which people say whether an alert was worth a ticket ([verdicts](figures.md#verdict-by-people))",
                ja = "アラートに対応が必要だったかを人が記入するカスタムフィールドの番号([評価](figures.md#人による評価))")
        Long verdictField) {

    /** Whether it is said which tickets are counter-measures. */
    public boolean followsCounterMeasures() {
        return tracker != null || category != null;
    }
}
