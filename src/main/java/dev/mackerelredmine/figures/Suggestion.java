package dev.mackerelredmine.figures;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * One thing to do about a problem that opens too often, with the figures that it rests on.
 *
 * @param values of the places in its sentence
 */
public record Suggestion(Kind kind, List<Object> values) {

    private static final int ENOUGH = 10;
    private static final double MOST = 0.8;
    private static final double HALF = 0.5;
    private static final double NEAR = 0.1;
    private static final int HOURS = 24;

    public Suggestion {
        values = List.copyOf(values);
    }

    /** The first that holds; docs/figures.md#suggestions has them in this order. */
    public enum Kind {
        TOO_FEW("too few to say: {0} alerts", "{0} 件では判断できません"),
        DELETE(
                "delete the monitor, or lower it to a warning that makes no ticket: people say of {1} of {0} that nothing had to be done",
                "監視ルールを削除するか、warning に下げたうえで、warning ではチケットを作らないポリシーにしてください。{0} 件のうち {1} 件が「対応不要」と評価されています"),
        MUTE_WINDOW(
                "mute the monitor from {2}:00 to {3}:00: {1} of {0} opened in these hours, and {4} were acknowledged",
                "{2}:00 から {3}:00 まで監視ルールをミュートしてください。{0} 件のうち {1} 件がこの時間帯に発生し、対応があったのは {4} 件です"),
        THRESHOLD(
                "move the threshold: {1} of {0} were over within 5 minutes, and the median value was {2}, close to the threshold {3}",
                "しきい値を見直してください。{0} 件のうち {1} 件が 5 分以内に復旧し、発生時の値の中央値 {2} が、しきい値 {3} に近くなっています"),
        DURATION(
                "raise the duration: {1} of {0} were over within 5 minutes",
                "平均値を取る時間(duration)を長くするか、最大試行回数を増やしてください。{0} 件のうち {1} 件が 5 分以内に復旧しています"),
        NOBODY_ACTS(
                "ask whether anybody needs it: nobody acknowledged any of {0}", "必要な監視ルールか確かめてください。{0} 件とも、誰も対応していません"),
        NONE("none: people act on it", "なし(対応が行われています)");

        private final String en;
        private final String ja;

        Kind(String en, String ja) {
            this.en = en;
            this.ja = ja;
        }

        public String text(boolean isJapanese) {
            return isJapanese ? ja : en;
        }

        /** As the API writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @param values of its metric; empty where it has none */
    public static Suggestion of(ProblemCounts problem, List<MetricValue> values) {
        long alerts = problem.alerts();
        boolean isMostlyIgnored = problem.acknowledged() < alerts * HALF;
        if (alerts < ENOUGH) {
            return new Suggestion(Kind.TOO_FEW, List.of(alerts));
        }
        if (problem.saidToBeNoise() >= alerts * HALF) {
            return new Suggestion(Kind.DELETE, List.of(alerts, problem.saidToBeNoise()));
        }
        if (isMostlyIgnored && problem.inBusiestHours() >= alerts * MOST) {
            int from = problem.busiestHour();
            return new Suggestion(
                    Kind.MUTE_WINDOW,
                    List.of(alerts, problem.inBusiestHours(), from, (from + 2) % HOURS, problem.acknowledged()));
        }
        if (isMostlyIgnored && problem.shortAlerts() >= alerts * HALF) {
            return ofShort(problem, values);
        }
        return new Suggestion(problem.acknowledged() == 0 ? Kind.NOBODY_ACTS : Kind.NONE, List.of(alerts));
    }

    /** Whether there is something to do. */
    public boolean isAdvice() {
        return kind != Kind.TOO_FEW && kind != Kind.NONE;
    }

    private static Suggestion ofShort(ProblemCounts problem, List<MetricValue> values) {
        if (!values.isEmpty()) {
            double value = median(values.stream().map(MetricValue::value).toList());
            double threshold =
                    median(values.stream().map(MetricValue::threshold).toList());
            if (Math.abs(value - threshold) <= Math.abs(threshold) * NEAR) {
                return new Suggestion(
                        Kind.THRESHOLD,
                        List.of(problem.alerts(), problem.shortAlerts(), plain(value), plain(threshold)));
            }
        }
        return new Suggestion(Kind.DURATION, List.of(problem.alerts(), problem.shortAlerts()));
    }

    private static double median(List<Double> numbers) {
        return numbers.stream()
                .sorted()
                .skip((numbers.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    /** With three digits after the point at most. */
    private static String plain(double number) {
        return new BigDecimal(number)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    public String text(boolean isJapanese) {
        String text = kind.text(isJapanese);
        for (int i = 0; i < values.size(); i++) {
            text = text.replace("{" + i + "}", values.get(i).toString());
        }
        return text;
    }
}
