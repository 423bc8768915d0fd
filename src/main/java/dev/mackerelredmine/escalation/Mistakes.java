package dev.mackerelredmine.escalation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** All that is wrong with a file, by its lines. */
final class Mistakes {

    private static final int MOST_SHOWN = 50;

    private record Mistake(int line, String what) {}

    private final String file;
    private final List<Mistake> all = new ArrayList<>();

    Mistakes(String file) {
        this.file = file;
    }

    void add(Node node, String what) {
        add(line(node), what);
    }

    void add(int line, String what) {
        all.add(new Mistake(line, what));
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    /** @throws EscalationFileException if there are any */
    void end() {
        if (!all.isEmpty()) {
            throw new EscalationFileException(Stream.concat(
                            all.stream()
                                    .distinct()
                                    .sorted(Comparator.comparingInt(Mistake::line))
                                    .limit(MOST_SHOWN)
                                    .map(mistake -> file + ":" + mistake.line() + ": " + mistake.what()),
                            all.size() > MOST_SHOWN
                                    ? Stream.of(file + ": and " + (all.size() - MOST_SHOWN) + " more")
                                    : Stream.empty())
                    .toList());
        }
    }

    /** Of the file as a whole. */
    EscalationFileException ofFile(String what) {
        return new EscalationFileException(List.of(file + ": " + what));
    }
}
