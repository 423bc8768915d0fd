package dev.mackerelredmine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Whether each map of a file stands in braces or below its key as the others do: one form, so that nobody has to choose. */
final class RouteLayout {

    private static final int LONGEST_LINE = 140;
    private static final int MOST_KEYS = 2;
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#");

    private final Path file;
    private final String text;
    private final List<String> mistakes = new ArrayList<>();

    RouteLayout(Path file) {
        this.file = file;
        this.text = RouteFiles.text(file);
    }

    List<String> mistakes() {
        Node root =
                new Compose(LoadSettings.builder().build()).composeString(text).orElseThrow();
        items(root);
        return mistakes;
    }

    private void items(Node list) {
        ((SequenceNode) list).getValue().forEach(item -> {
            if (item instanceof MappingNode map) {
                isBelow(map, "an entry of a list");
                values(map);
            }
        });
    }

    private void values(MappingNode map) {
        map.getValue().forEach(entry -> {
            Node value = entry.getValueNode();
            if (value instanceof MappingNode inner) {
                value(entry, inner);
            } else if (value instanceof SequenceNode list) {
                boolean isSmall = list.getValue().size() == 1 && list.getValue().get(0) instanceof ScalarNode;
                if (isSmall != isInBraces(list)) {
                    mistake(list, isSmall ? "one word stands in brackets" : "a list stands below its key");
                }
                items(list);
            }
        });
    }

    private void value(NodeTuple entry, MappingNode map) {
        String key = ((ScalarNode) entry.getKeyNode()).getValue();
        boolean fits = inOneLine(map)
                .filter(line ->
                        column(entry.getKeyNode()) + key.length() + ": ".length() + line.length() <= LONGEST_LINE)
                .isPresent();
        if (fits && !isInBraces(map)) {
            mistake(map, key + " fits into one line");
        } else if (!fits) {
            isBelow(map, key);
        }
        if (!isInBraces(map)) {
            values(map);
        }
    }

    private void isBelow(MappingNode map, String what) {
        if (isInBraces(map)) {
            mistake(map, what + " stands below, one key a line");
        }
    }

    /** As it would stand in braces, if it is small and nothing is said about its parts. */
    private Optional<String> inOneLine(Node node) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(source(scalar));
        }
        if (!(node instanceof MappingNode map) || map.getValue().size() > MOST_KEYS || hasComment(map)) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (NodeTuple entry : map.getValue()) {
            Optional<String> value = inOneLine(entry.getValueNode());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            parts.add(source(entry.getKeyNode()) + ": " + value.get());
        }
        return Optional.of(parts.stream().collect(Collectors.joining(", ", "{", "}")));
    }

    private boolean hasComment(MappingNode map) {
        return COMMENT.matcher(source(map)).find();
    }

    private String source(Node node) {
        int[] points = text.codePoints().toArray();
        int begin = node.getStartMark().map(Mark::getIndex).orElseThrow();
        int end = node.getEndMark().map(Mark::getIndex).orElseThrow();
        return new String(points, begin, end - begin);
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElseThrow();
    }

    private static boolean isInBraces(CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.FLOW;
    }

    private void mistake(Node node, String what) {
        mistakes.add(file + ", line " + (node.getStartMark().map(Mark::getLine).orElseThrow() + 1) + ": " + what);
    }
}
