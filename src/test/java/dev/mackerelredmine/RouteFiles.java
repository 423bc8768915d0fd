package dev.mackerelredmine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What stands in routes/, and in what can be put there instead, read as plain YAML. */
public final class RouteFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("routes");

    /** Where routes/ and examples/ are read, so that the conventions can be held to a copy that somebody edited. */
    private static final ThreadLocal<Path> ROOT = ThreadLocal.withInitial(() -> Path.of(""));

    private static final List<Path> EXAMPLES =
            List.of(Path.of("examples/policies"), Path.of("examples/operator"), Path.of("examples/ticket-changed"));

    /** As Camel reads them. */
    private static final Comparator<Path> BEANS_FIRST = Comparator.comparing(
                    (Path file) -> !file.startsWith("routes/beans"))
            .thenComparing(Path::toString);

    private RouteFiles() {}

    static List<Path> all() {
        return in(FOLDER);
    }

    /** While something runs in this thread, all is read below this folder. */
    static void readBelow(Path root, Runnable something) {
        ROOT.set(root);
        try {
            something.run();
        } finally {
            ROOT.remove();
        }
    }

    /** Those that engineers edit, or put in place of one. */
    static boolean isForEngineers(Path file) {
        return file.startsWith("examples") || file.getParent().equals(FOLDER);
    }

    /** Those that engineers need not open: they are written in one form. */
    static List<Path> ofOurForm() {
        return all().stream().filter(file -> !isForEngineers(file)).toList();
    }

    /** Puts a copy of routes/ into a folder that has none, and answers where. */
    public static Path copyTo(Path folder) throws IOException {
        return copyTo(folder, UnaryOperator.identity());
    }

    /** The same, with each text changed. */
    public static Path copyTo(Path folder, UnaryOperator<String> change) throws IOException {
        for (Path file : all()) {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, change.apply(text(file)));
        }
        return folder.resolve(FOLDER);
    }

    /** A policy that has steps, with a text in it changed, in place of the policy of a copy of routes/. */
    static Path withTeamPolicy(Path routes, String text, String with) throws IOException {
        return Files.writeString(routes.resolve("policy.camel.yaml"), teamPolicy(text, with));
    }

    /** The text of a policy that has steps, with its first occurrence of a text changed. */
    public static String teamPolicy(String text, String with) {
        String policy = text(Path.of("src/test/resources/policies/team.camel.yaml"));
        int at = policy.indexOf(text);
        if (at < 0) {
            throw new IllegalArgumentException("the policy has no " + text);
        }
        return policy.substring(0, at) + with + policy.substring(at + text.length());
    }

    /** Files that can replace one of those that engineers edit. */
    static List<Path> examples() {
        return EXAMPLES.stream().flatMap(folder -> in(folder).stream()).toList();
    }

    public static List<Path> withExamples() {
        return Stream.concat(all().stream(), examples().stream()).toList();
    }

    private static List<Path> in(Path folder) {
        Path root = ROOT.get();
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.equals(Path.of("")) ? file : root.relativize(file))
                    .sorted(BEANS_FIRST)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(Path file) {
        try {
            return Files.readString(ROOT.get().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of every file, the contents of its entries of a kind: route, routeConfiguration, beans. */
    static Stream<Node> entries(String kind) {
        return entries(all(), kind);
    }

    static Stream<Node> entries(List<Path> files, String kind) {
        return files.stream()
                .flatMap(file -> new Node(file.toString(), load(file)).items())
                .flatMap(entry -> entry.child(kind).stream());
    }

    public static List<Node> routes() {
        return routes(all());
    }

    public static List<Node> routes(List<Path> files) {
        return entries(files, "route")
                .map(route -> new Node(String.valueOf(route.text("id")), route.value()))
                .toList();
    }

    /** How many lines a route has, comments and gaps left out; the longest of those with its id. */
    static long length(String id) {
        Pattern own = Pattern.compile("(?m)^    id: " + Pattern.quote(id) + "$");
        return withExamples().stream()
                .flatMap(file -> Pattern.compile("(?m)^- ").splitAsStream(text(file)))
                .filter(entry ->
                        entry.startsWith("route:") && own.matcher(entry).find())
                .mapToLong(RouteFiles::linesOf)
                .max()
                .orElseThrow();
    }

    private static long linesOf(String route) {
        return route.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .count();
    }

    static JsonNode json(Path file) {
        return JSON.valueToTree(load(file));
    }

    private static Object load(Path file) {
        return new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromString(text(file));
    }

    /** A piece of YAML, with the key under which it stands. */
    public record Node(String key, Object value) {

        Stream<Node> items() {
            return value instanceof List<?> list ? list.stream().map(item -> new Node(key, item)) : Stream.empty();
        }

        List<Node> child(String name) {
            return value instanceof Map<?, ?> map && map.containsKey(name)
                    ? List.of(new Node(name, map.get(name)))
                    : List.of();
        }

        Node at(String... path) {
            Node node = this;
            for (String name : path) {
                node = new Node(name, node.value instanceof Map<?, ?> map ? map.get(name) : null);
            }
            return node;
        }

        public String text(String... path) {
            Object found = at(path).value;
            return found == null ? null : found.toString();
        }

        /** This and everything in it; what stands in a list has the list's key. A parameter's name may be that of a step. */
        Stream<Node> all() {
            List<Node> below = new ArrayList<>();
            if (value instanceof Map<?, ?> map) {
                String prefix = key.equals("parameters") ? "parameters." : "";
                map.forEach((name, child) -> below.add(new Node(prefix + name, child)));
            }
            return Stream.concat(
                    Stream.of(this), Stream.concat(below.stream(), items()).flatMap(Node::all));
        }

        @Override
        public String toString() {
            return key;
        }
    }
}
