package dev.mackerelredmine.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.SetVariableDefinition;

/** Which variables the steps of the loaded routes set, whether or not an alert reaches these steps. */
public final class PolicySteps {

    private PolicySteps() {}

    /** Whether some step sets this variable, such as {@code ticket.incident}. */
    public static boolean set(String variable, CamelContext camelContext) {
        Model model = camelContext.getCamelContextExtension().getContextPlugin(Model.class);
        return model.getRouteDefinitions().stream()
                .flatMap(route ->
                        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SetVariableDefinition.class)
                                .stream())
                .anyMatch(step -> variable.equals(step.getName()));
    }
}
