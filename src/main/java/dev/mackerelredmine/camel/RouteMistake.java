package dev.mackerelredmine.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.settings.NearestName;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NamedNode;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.URISupport;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says a mistake in a file of routes in one line: the file, the line where it is known, and what is meant. */
final class RouteMistake {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = "schema/camelYamlDsl.json";

    private static final Pattern UNKNOWN_NAME = Pattern.compile("(Unknown node id|Unsupported field): (\\S+)");
    private static final Pattern UNKNOWN_PARAMETER = Pattern.compile("Unknown parameters=\\[\\{([^=]+)=");
    private static final Pattern UNKNOWN_PLACEHOLDER = Pattern.compile("Property with key \\[([^]]+)]");
    private static final Pattern UNKNOWN_COMPONENT = Pattern.compile("No endpoint could be found for: ([^:]+):");
    private static final Pattern SAME_ID = Pattern.compile("Duplicate route ids detected: ([^.]+)\\.");
    private static final Pattern FILE_THAT_FAILED = Pattern.compile("Error pre-parsing resource: (\\S+)");

    private final CamelContext camelContext;

    private RouteMistake(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** What a person has to correct in a route, if that is why Camel did not start; otherwise the same failure. */
    static Exception in(Exception failure, CamelContext camelContext) {
        if (ConfigurationErrors.in(failure).isPresent()) {
            return failure;
        }
        return new RouteMistake(camelContext)
                .atStart(failure)
                .<Exception>map(problem -> new SettingsException(List.of(problem)))
                .orElse(failure);
    }

    /** What went wrong in a step, with file, line and route. */
    static String in(Throwable failure, NamedNode step, String routeId, CamelContext camelContext) {
        Throwable reason = deepest(failure);
        RouteMistake mistake = new RouteMistake(camelContext);
        String where =
                mistake.line(reason, List.of(file(step)), step.getLineNumber()).orElseGet(() -> mistake.place(step));
        return where + " (route " + routeId + ", step " + step.getShortName() + "): " + mistake.what(reason);
    }

    /** File and line, as {@code routes/policy.camel.yaml, line 12}. */
    static String at(NamedNode step, CamelContext camelContext) {
        return new RouteMistake(camelContext).place(step);
    }

    private String place(NamedNode step) {
        int line = step.getLineNumber();
        String file = RouteFolder.shown(file(step));
        if (line <= 0) {
            return file;
        }
        return file + ", line " + (isInBraces(step, lines(file(step)), line) ? line + 1 : line);
    }

    /** Camel gives the line above a step whose keys stand in braces behind it. */
    private static boolean isInBraces(NamedNode step, List<String> lines, int line) {
        return line < lines.size() && lines.get(line).contains(step.getShortName() + ": {");
    }

    private static String file(NamedNode step) {
        return plain(Objects.requireNonNullElse(step.getLocation(), "a route"));
    }

    private static String plain(String location) {
        return location.replaceFirst("^(file|classpath):", "").replaceFirst(":\\d+$", "");
    }

    private Optional<String> atStart(Throwable failure) {
        List<Throwable> causes = causes(failure);
        Optional<String> inYaml = first(causes, MarkedYamlEngineException.class).map(RouteMistake::unreadable);
        if (inYaml.isPresent()) {
            return inYaml;
        }
        Throwable reason = deepest(failure);
        return first(causes, FailedToCreateRouteException.class)
                .map(it -> notCreated(it, reason))
                .or(() -> notLoaded(causes, reason));
    }

    private Optional<String> notLoaded(List<Throwable> causes, Throwable reason) {
        return causes.stream()
                .flatMap(cause -> FILE_THAT_FAILED
                        .matcher(Objects.requireNonNullElse(cause.getMessage(), ""))
                        .results())
                .map(found -> plain(found.group(1)))
                .map(file ->
                        line(reason, List.of(file), 1).orElseGet(() -> RouteFolder.shown(file)) + ": " + what(reason))
                .findFirst();
    }

    private static String unreadable(MarkedYamlEngineException failure) {
        Optional<Mark> mark = failure.getProblemMark().or(failure::getContextMark);
        String where = mark.map(it -> RouteFolder.shown(plain(it.getName())) + ", line " + (it.getLine() + 1))
                .orElse("a file of routes");
        String problem = Objects.requireNonNullElse(failure.getProblem(), failure.getMessage())
                .lines()
                .findFirst()
                .orElse("");
        Matcher unknown = UNKNOWN_NAME.matcher(problem);
        if (unknown.find()) {
            String kind = unknown.group(1).equals("Unknown node id") ? "step" : "key";
            return where + ": there is no " + kind + " \"" + unknown.group(2) + "\""
                    + NearestName.question(unknown.group(2), names(kind));
        }
        String begun = failure.getContextMark()
                .filter(it -> mark.isPresent() && it.getLine() != mark.get().getLine())
                .map(it -> " (" + failure.getContext() + ", line " + (it.getLine() + 1) + ")")
                .orElse("");
        return where + ": it cannot be read as YAML: " + problem + begun;
    }

    /** What Camel's own schema of its YAML knows. */
    private static Set<String> names(String kind) {
        Set<String> names = new TreeSet<>();
        try (InputStream schema = RouteMistake.class.getClassLoader().getResourceAsStream(SCHEMA)) {
            JsonNode definitions = JSON.readTree(schema).at("/items/definitions");
            if (kind.equals("step")) {
                definitions
                        .path("org.apache.camel.model.ProcessorDefinition")
                        .path("properties")
                        .fieldNames()
                        .forEachRemaining(names::add);
            } else {
                definitions.forEach(it -> it.path("properties").fieldNames().forEachRemaining(names::add));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private String notCreated(FailedToCreateRouteException failure, Throwable reason) {
        Optional<RouteDefinition> route = Optional.ofNullable(failure.getRouteId())
                .map(camelContext.getCamelContextExtension().getContextPlugin(Model.class)::getRouteDefinition);
        List<String> files = new ArrayList<>(files());
        route.map(RouteMistake::file).ifPresent(own -> {
            files.remove(own);
            files.add(0, own);
        });
        String where = line(
                        reason, files, route.map(RouteDefinition::getLineNumber).orElse(1))
                .or(() -> route.flatMap(it -> step(it, failure.getMessage())).map(this::place))
                .or(() -> route.map(this::place))
                .orElse("routes/");
        return where + (failure.getRouteId() == null ? "" : " (route " + failure.getRouteId() + ")") + ": "
                + what(reason);
    }

    /** Camel shows the step that it could not make between arrows. */
    private static Optional<NamedNode> step(RouteDefinition route, String message) {
        return route.getOutputs().stream()
                .filter(step -> message.contains(">>> " + step + " <<<"))
                .map(NamedNode.class::cast)
                .findFirst();
    }

    private Set<String> files() {
        Set<String> files = new LinkedHashSet<>();
        Model model = camelContext.getCamelContextExtension().getContextPlugin(Model.class);
        Stream.concat(
                        model.getRouteDefinitions().stream().map(RouteDefinition::getResource),
                        model.getRouteConfigurationDefinitions().stream().map(it -> it.getResource()))
                .filter(Objects::nonNull)
                .map(Resource::getLocation)
                .map(RouteMistake::plain)
                .forEach(files::add);
        return files;
    }

    /** Where the word stands that the reason is about: a step's own line is that of all that is inside it. */
    private Optional<String> line(Throwable reason, List<String> files, int from) {
        List<String> words = words(reason);
        for (String file : files) {
            List<String> lines = lines(file);
            int begin = file.equals(files.get(0)) ? Math.max(from - 1, 0) : 0;
            for (String word : words) {
                for (int i = begin; i < lines.size(); i++) {
                    if (lines.get(i).contains(word)) {
                        return Optional.of(RouteFolder.shown(file) + ", line " + (i + 1));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private List<String> lines(String file) {
        for (String scheme : List.of("file:", "classpath:")) {
            try (InputStream text = ResourceHelper.resolveResourceAsInputStream(camelContext, scheme + file)) {
                if (text != null) {
                    return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
                }
            } catch (IOException notThere) {
                // The line of the step is said instead.
                continue;
            }
        }
        return List.of();
    }

    private static List<String> words(Throwable reason) {
        if (reason instanceof ExpressionIllegalSyntaxException syntax && syntax.getExpression() != null) {
            return List.of(syntax.getExpression());
        }
        if (reason instanceof NoSuchBeanException bean && bean.getName() != null) {
            return List.of(bean.getName());
        }
        if (reason instanceof MethodNotFoundException method) {
            return List.of("." + method.getMethodName(), method.getMethodName());
        }
        String message = Objects.requireNonNullElse(reason.getMessage(), "");
        if (reason instanceof ClassNotFoundException) {
            return List.of(message);
        }
        return Stream.of(UNKNOWN_PARAMETER, UNKNOWN_PLACEHOLDER, UNKNOWN_COMPONENT, SAME_ID)
                .flatMap(pattern -> pattern.matcher(message).results())
                .map(found -> found.group(1))
                .toList();
    }

    private String what(Throwable reason) {
        String message = Objects.requireNonNullElse(
                reason.getMessage(), reason.getClass().getSimpleName());
        if (reason instanceof NoSuchBeanException bean && bean.getName() != null) {
            return "there is no bean \"" + bean.getName() + "\"" + NearestName.question(bean.getName(), beans());
        }
        if (reason instanceof ClassNotFoundException) {
            return "there is no class " + message;
        }
        if (reason instanceof MethodNotFoundException method) {
            return "there is no \"" + method.getMethodName() + "\" in what it is asked of";
        }
        Function<Pattern, Optional<String>> said = pattern ->
                pattern.matcher(message).results().map(it -> it.group(1)).findFirst();
        return said.apply(UNKNOWN_PARAMETER)
                .map(name -> "there is no parameter \"" + name + "\"")
                .or(() -> said.apply(UNKNOWN_PLACEHOLDER)
                        .map(name ->
                                "there is no setting {{" + name + "}}" + NearestName.question(name, SettingNames.ALL)))
                .or(() -> said.apply(UNKNOWN_COMPONENT)
                        .map(name -> "Camel has no component \"" + name + "\""
                                + NearestName.question(name, camelContext.getComponentNames())))
                .or(() -> said.apply(SAME_ID).map(name -> "two routes have the id \"" + name + "\""))
                .orElseGet(
                        () -> URISupport.sanitizeUri(message.lines().findFirst().orElse("")) + expression(reason));
    }

    private static String expression(Throwable reason) {
        return reason instanceof ExpressionIllegalSyntaxException syntax && syntax.getExpression() != null
                ? " in " + syntax.getExpression()
                : "";
    }

    private Set<String> beans() {
        return camelContext.getRegistry().findByTypeWithName(Object.class).keySet();
    }

    /** The innermost cause that says in which expression, or else the innermost of all. */
    private static Throwable deepest(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return first(causes, ExpressionIllegalSyntaxException.class)
                .<Throwable>map(Function.identity())
                .orElseGet(() -> causes.get(causes.size() - 1));
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    }

    private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
