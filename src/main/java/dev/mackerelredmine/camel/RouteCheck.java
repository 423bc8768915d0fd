package dev.mackerelredmine.camel;

import dev.mackerelredmine.settings.NearestName;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.ticket.policy.OfficeHours;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;

/** Finds mistakes in the routes before they start, which Camel itself would find only when an alert reaches the step, or never. */
final class RouteCheck {

    private static final String DIRECT = "direct:";
    private static final Pattern HOURS =
            Pattern.compile("officeHours\\?method=isWithin\\([^,]*, *['\"]([^'\"]*)['\"]\\)");

    private final CamelContext camelContext;
    private final Supplier<List<String>> inputsOfFiles;
    private final Model model;

    /** @param inputsOfFiles addresses of routes that a call may name, although they are not loaded here; read where such a call is */
    RouteCheck(CamelContext camelContext, Supplier<List<String>> inputsOfFiles) {
        this.camelContext = camelContext;
        this.inputsOfFiles = inputsOfFiles;
        this.model = camelContext.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /**
     * @param checksCalls whether calls from route to route are to be checked, too
     * @throws SettingsException that names all mistakes, with file and line
     */
    void check(boolean checksCalls) {
        List<String> problems = new ArrayList<>(unknownVariables());
        problems.addAll(unreadableHours());
        if (checksCalls) {
            problems.addAll(callsOfNoRoute());
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private List<String> unknownVariables() {
        List<String> known = PolicyVariables.NAMES;
        return steps(SetVariableDefinition.class)
                .filter(step -> step.getName() != null && step.getName().startsWith(PolicyVariables.PREFIX))
                .filter(step -> !known.contains(step.getName())
                        && !PolicyVariables.FIELD.matcher(step.getName()).matches())
                .map(step -> RouteMistake.at(step, camelContext) + ": no variable is called " + step.getName()
                        + NearestName.question(step.getName(), known) + " (There are " + String.join(", ", known)
                        + ".)")
                .toList();
    }

    /** Camel itself would read office hours only when an alert reaches the step. */
    private List<String> unreadableHours() {
        return steps(ExpressionNode.class)
                .filter(step -> step.getExpression() != null)
                .flatMap(step -> HOURS.matcher(text(step.getExpression()))
                        .results()
                        .flatMap(hours -> unreadable(step, camelContext.resolvePropertyPlaceholders(hours.group(1)))))
                .toList();
    }

    private static String text(ExpressionDefinition expression) {
        return expression instanceof MethodCallExpression call
                ? call.getRef() + "?method=" + call.getMethod()
                : Objects.toString(expression.getExpression(), "");
    }

    private Stream<String> unreadable(NamedNode step, String hours) {
        try {
            OfficeHours.require(hours);
            return Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.of(RouteMistake.at(step, camelContext) + ": " + e.getMessage());
        }
    }

    private List<String> callsOfNoRoute() {
        Set<String> names = names(model.getRouteDefinitions().stream()
                .map(route -> route.getInput().getEndpointUri()));
        List<Call> notLoaded =
                calls().filter(call -> !names.contains(call.name())).toList();
        if (notLoaded.isEmpty()) {
            return List.of();
        }
        names.addAll(names(inputsOfFiles.get().stream()));
        return notLoaded.stream()
                .filter(call -> !names.contains(call.name()))
                .map(call -> RouteMistake.at(call.step(), camelContext) + ": no route begins with direct:" + call.name()
                        + NearestName.question(call.name(), names))
                .toList();
    }

    private Set<String> names(Stream<String> inputs) {
        return inputs.map(this::resolved)
                .filter(uri -> uri.startsWith(DIRECT))
                .map(RouteCheck::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is sent to another route. An address that is worked out for each message is not known here. */
    private Stream<Call> calls() {
        return Stream.concat(
                        steps(SendDefinition.class).map(step -> new Call(step, step.getEndpointUri())),
                        steps(ToDynamicDefinition.class).map(step -> new Call(step, step.getUri())))
                .filter(call -> call.uri() != null && !call.uri().contains("${"))
                .map(call -> new Call(call.step(), resolved(call.uri())))
                .filter(call -> call.uri().startsWith(DIRECT));
    }

    private record Call(NamedNode step, String uri) {

        String name() {
            return RouteCheck.name(uri);
        }
    }

    private String resolved(String uri) {
        return camelContext.resolvePropertyPlaceholders(uri).replaceFirst("^direct://", DIRECT);
    }

    private static String name(String direct) {
        return direct.substring(DIRECT.length()).replaceFirst("\\?.*", "");
    }

    /** All steps of this kind, at whatever depth, in routes and in what is done about errors. */
    @SuppressWarnings("rawtypes")
    private <T extends ProcessorDefinition> Stream<T> steps(Class<T> type) {
        Stream<ProcessorDefinition<?>> roots = Stream.concat(
                model.getRouteDefinitions().stream().map(route -> (ProcessorDefinition<?>) route),
                model.getRouteConfigurationDefinitions().stream()
                        .flatMap(it -> it.getOnExceptions().stream())
                        .map(OnExceptionDefinition.class::cast));
        return roots.map(root -> ProcessorDefinitionHelper.filterTypeInOutputs(root.getOutputs(), type))
                .flatMap(Collection::stream)
                .distinct();
    }
}
