package dev.mackerelredmine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A template of deploy/aws as plain YAML: every value is a text, and a function such as !Ref is what it is given. */
record AwsTemplate(RouteFiles.Node root) {

    static final AwsTemplate SERVICE = read("service.yaml");
    static final AwsTemplate EDGE = read("edge.yaml");

    private static AwsTemplate read(String name) {
        Path file = Path.of("deploy/aws", name);
        Node read = new Compose(LoadSettings.builder().setLabel(name).build())
                .composeString(RouteFiles.text(file))
                .orElseThrow();
        return new AwsTemplate(new RouteFiles.Node(name, plain(read)));
    }

    private static Object plain(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            mapping.getValue().forEach(tuple -> map.put(text(tuple.getKeyNode()), plain(tuple.getValueNode())));
            return map;
        }
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(AwsTemplate::plain).toList()
                : text(node);
    }

    private static String text(Node node) {
        return ((ScalarNode) node).getValue();
    }

    RouteFiles.Node parameter(String name) {
        return root.at("Parameters", name);
    }

    RouteFiles.Node resource(String name) {
        return root.at("Resources", name);
    }

    RouteFiles.Node properties(String name) {
        return root.at("Resources", name, "Properties");
    }

    Stream<RouteFiles.Node> ofType(String type) {
        return names().stream().map(this::resource).filter(resource -> type.equals(resource.text("Type")));
    }

    List<String> names() {
        return keys(root.at("Resources"));
    }

    static List<String> keys(RouteFiles.Node node) {
        return ((Map<?, ?>) node.value()).keySet().stream().map(String::valueOf).toList();
    }

    static List<String> texts(RouteFiles.Node node) {
        return node.items().map(item -> item.value().toString()).toList();
    }
}
