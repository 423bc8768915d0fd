import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row for each thing that was measured, a column for each peer, in Markdown. */
final class Table {

    private final List<String> rows = new ArrayList<>();

    Table() {
        add("", peer -> peer.title);
        add("---", peer -> "---");
    }

    void row(String what, Map<Peer, Measured> measured, int digits) {
        add(what, peer -> measured.get(peer).shown(digits));
    }

    void percentiles(String what, Map<Peer, Measured> measured) {
        add(what, peer -> String.format("%.0f / %.0f", measured.get(peer).percentile(50), measured.get(peer).percentile(99)));
    }

    void add(String what, Function<Peer, String> shown) {
        String row = Stream.concat(Stream.of(what), Stream.of(Peer.values()).map(shown)).collect(Collectors.joining(" | ", "| ", " |"));
        System.err.println(row);
        rows.add(row);
    }

    void print() {
        rows.forEach(System.out::println);
    }
}
