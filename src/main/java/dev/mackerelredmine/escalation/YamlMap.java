package dev.mackerelredmine.escalation;

import dev.mackerelredmine.settings.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Keys and values of the file. What is wrong with the keys is kept when it is made. */
final class YamlMap {

    private final String what;
    private final Node node;
    private final Mistakes mistakes;
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Map<String, Node> values = new LinkedHashMap<>();

    private YamlMap(String what, Node node, Mistakes mistakes) {
        this.what = what;
        this.node = node;
        this.mistakes = mistakes;
    }

    /**
     * Whose keys are names that people give. Where there is nothing, there are none.
     *
     * @param what it is, as a message names it
     */
    static YamlMap ofNames(String what, Node node, Mistakes mistakes) {
        YamlMap map = new YamlMap(what, node, mistakes);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(map::put);
        } else if (!isNothing(node)) {
            mistakes.add(node, what + " has to have keys with values, as \"key: value\"");
        }
        return map;
    }

    /** Whose keys are known. */
    static YamlMap of(String what, Node node, List<String> known, Mistakes mistakes) {
        YamlMap map = ofNames(what, node, mistakes);
        map.refuseOthers(known);
        return map;
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
    }

    private void put(NodeTuple entry) {
        Node key = entry.getKeyNode();
        String name = key instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
        if (name.isEmpty()) {
            mistakes.add(key, what + " has a key that is no name");
        } else if (keys.putIfAbsent(name, key) != null) {
            mistakes.add(key, what + " has " + name + " twice: leave one of them");
        } else {
            values.put(name, entry.getValueNode());
        }
    }

    private void refuseOthers(List<String> known) {
        keys.entrySet().stream()
                .filter(key -> !known.contains(key.getKey()))
                .forEach(key -> mistakes.add(
                        key.getValue(),
                        what + " has no key " + key.getKey() + NearestName.question(key.getKey(), known)
                                + " (There are " + String.join(", ", known) + ".)"));
        values.keySet().retainAll(known);
    }

    Set<String> names() {
        return values.keySet();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<Node> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** @param such how it is written */
    Optional<Node> required(String key, String such) {
        if (!has(key) && (node instanceof MappingNode || isNothing(node))) {
            mistakes.add(node, what + " needs " + key + ", such as " + key + ": " + such);
        }
        return value(key);
    }

    void requireOne() {
        if (isNothing(node)
                || node instanceof MappingNode mapping && mapping.getValue().isEmpty()) {
            mistakes.add(node, what + " has none: write one at least");
        }
    }

    Node key(String name) {
        return keys.get(name);
    }
}
