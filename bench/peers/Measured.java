import java.util.ArrayList;
import java.util.List;

/** One figure of several rounds. */
final class Measured {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    /** "median (min to max)", or only the median of a single round; without any, a dash. */
    String shown(int digits) {
        if (values.isEmpty()) {
            return "–";
        }
        List<Double> sorted = values.stream().sorted().toList();
        String format = "%." + digits + "f";
        String median = String.format(format, percentile(sorted, 50));
        return sorted.size() == 1
                ? median
                : String.format("%s (" + format + " to " + format + ")", median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Of all values together. */
    double percentile(int percent) {
        return percentile(values.stream().sorted().toList(), percent);
    }

    private static double percentile(List<Double> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
