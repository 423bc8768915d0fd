package dev.mackerelredmine.camel;

import dev.mackerelredmine.settings.SettingsException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.spi.Resource;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a file that engineers edit relies on: what its route gets, and what it may set. A release that changes this for a file raises the
 * file's contract number. A file that was written for another number then stops the start, instead of failing at an alert.
 */
final class Contracts {

    /** Of each file that engineers edit, by its name. */
    static final Contracts OF_THIS_RELEASE =
            new Contracts(Map.of("notify", 1, "operator", 1, "policy", 1, "ticket-changed", 1, "webhook", 1));

    /** That of a file without a number, too. */
    private static final int FIRST = 1;

    private static final Pattern NOTE = Pattern.compile("contract (\\d{1,6})\\b.*", Pattern.DOTALL);

    private final Map<String, Integer> needed;

    Contracts(Map<String, Integer> needed) {
        this.needed = needed;
    }

    Map<String, Integer> needed() {
        return needed;
    }

    /** @throws SettingsException that names each file that was written for another contract */
    void check(Collection<Resource> files) {
        List<String> problems = files.stream().flatMap(this::problem).toList();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private Stream<String> problem(Resource file) {
        String path = file.getLocation().replaceFirst("^(file|classpath):", "");
        String name = RouteFolder.name(path);
        if (!path.equals("routes/" + name + RouteFolder.SUFFIX) || !needed.containsKey(name)) {
            return Stream.empty();
        }
        int written = written(file);
        return written == needed.get(name)
                ? Stream.empty()
                : Stream.of(path + " is written for contract " + written + ", and this release needs contract "
                        + needed.get(name) + ". What changed: docs/routes.md#contracts");
    }

    /** As the note of its route says. A file that is no YAML is left to Camel, which says where. */
    private static int written(Resource file) {
        try {
            return RouteFolder.entries(file)
                    .map(entry -> RouteFolder.child(RouteFolder.child(entry, "route"), "note"))
                    .flatMap(note -> number(note).stream())
                    .findFirst()
                    .orElse(FIRST);
        } catch (YamlEngineException unreadable) {
            return FIRST;
        }
    }

    private static Optional<Integer> number(Object note) {
        Matcher contract = NOTE.matcher(String.valueOf(note).strip());
        return contract.matches() ? Optional.of(Integer.valueOf(contract.group(1))) : Optional.empty();
    }
}
