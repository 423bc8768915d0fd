package dev.mackerelredmine.escalation;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads texts and lists of texts, with placeholders, and keeps what is wrong with them. */
final class YamlTexts {

    private static final String OPENING = "{{";

    /** Its name, without a default. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^{}:]*(?::[^{}:]*)?)");

    private static final Pattern VARIABLE = Pattern.compile("env:(.+)");

    private final UnaryOperator<String> placeholders;
    private final Mistakes mistakes;

    YamlTexts(UnaryOperator<String> placeholders, Mistakes mistakes) {
        this.placeholders = placeholders;
        this.mistakes = mistakes;
    }

    /** @param what it is the text of */
    Optional<YamlText> text(String what, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            mistakes.add(node, what + " has to be a text");
            return Optional.empty();
        }
        String written = scalar.getValue().strip();
        if (written.isEmpty()) {
            mistakes.add(node, what + " has no value");
            return Optional.empty();
        }
        return resolved(node, written)
                .map(value -> new YamlText(node.getStartMark().orElseThrow().getLine() + 1, written, value));
    }

    /** One text, or a list of them. */
    List<YamlText> texts(String what, Node node) {
        if (!(node instanceof SequenceNode list)) {
            return text(what, node).stream().toList();
        }
        if (list.getValue().isEmpty()) {
            mistakes.add(node, what + " has nobody and nothing in its list");
        }
        return list.getValue().stream()
                .flatMap(item -> text(what, item).stream())
                .toList();
    }

    private Optional<String> resolved(Node node, String written) {
        if (!written.contains(OPENING)) {
            return Optional.of(written);
        }
        try {
            String value = placeholders.apply(written);
            return Optional.of(value == null ? "" : value.strip());
        } catch (RuntimeException e) {
            mistakes.add(node, unresolved(written));
            return Optional.empty();
        }
    }

    /** The failure's own message may hold a value. */
    private static String unresolved(String written) {
        List<String> names = PLACEHOLDER
                .matcher(written)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.isBlank())
                .map(YamlTexts::withoutDefault)
                .toList();
        if (names.isEmpty()) {
            return "a placeholder is written as {{env:NAME}} or {{NAME}}";
        }
        String variables = names.stream()
                .flatMap(name -> {
                    Matcher variable = VARIABLE.matcher(name);
                    return variable.matches() ? Stream.of(variable.group(1)) : Stream.empty();
                })
                .collect(Collectors.joining(", "));
        return "{{" + String.join("}}, {{", names) + "}} cannot be resolved"
                + (variables.isEmpty()
                        ? ""
                        : ": set the environment variable " + variables + " (to a value without " + OPENING + ")");
    }

    /** {@code env:NAME} has a function before its name, {@code name:default} a default behind it. */
    private static String withoutDefault(String name) {
        return VARIABLE.matcher(name).matches() ? name : name.replaceFirst(":.*", "");
    }
}
