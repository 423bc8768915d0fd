package dev.mackerelredmine.camel;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.WhenDefinition;

/**
 * The ways to notify that notify.camel.yaml has (its "means"): the names with which its branches compare {@code ${body.means}}, by
 * {@code ==} or {@code in}. A condition of another form shows no name.
 */
public final class Means {

    private static final String ROUTE = "notify";

    private static final Pattern BRANCH = Pattern.compile("\\$\\{body\\.means}\\s*(==|in)\\s*(['\"])([^'\"]+)\\2");

    private Means() {}

    /** In the order of their names. Read out of the route where it is loaded, or else out of its file. */
    public static Set<String> of(CamelContext camelContext) {
        Model model = camelContext.getCamelContextExtension().getContextPlugin(Model.class);
        RouteDefinition route = model.getRouteDefinition(ROUTE);
        return (route == null ? inFiles(camelContext) : inRoute(route))
                .flatMap(condition -> BRANCH.matcher(condition).results())
                .flatMap(found -> Stream.of(found.group(3).split(",")))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> inRoute(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ChoiceDefinition.class).stream()
                .flatMap(choice -> choice.getWhenClauses().stream())
                .map(WhenDefinition::getExpression)
                .filter(Objects::nonNull)
                .map(condition -> Objects.toString(condition.getExpression(), ""));
    }

    private static Stream<String> inFiles(CamelContext camelContext) {
        return Routes.files(camelContext, true).stream()
                .flatMap(RouteFolder::entries)
                .map(entry -> RouteFolder.child(entry, "route"))
                .filter(route -> ROUTE.equals(RouteFolder.child(route, "id")))
                .flatMap(route -> whens(route));
    }

    /** The conditions of all branches, at whatever depth. */
    private static Stream<String> whens(Object node) {
        if (node instanceof List<?> list) {
            return list.stream().flatMap(Means::whens);
        }
        if (!(node instanceof Map<?, ?> map)) {
            return Stream.empty();
        }
        Stream<String> here = map.get("when") instanceof Collection<?> branches
                ? branches.stream().flatMap(branch -> texts(RouteFolder.child(branch, "simple")))
                : Stream.empty();
        return Stream.concat(here, map.values().stream().flatMap(Means::whens));
    }

    /** {@code simple: "..."} or {@code simple: {expression: "..."}}. */
    private static Stream<String> texts(Object condition) {
        Object text = condition instanceof Map<?, ?> map ? map.get("expression") : condition;
        return text instanceof String found ? Stream.of(found) : Stream.empty();
    }
}
