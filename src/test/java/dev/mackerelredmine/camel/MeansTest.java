package dev.mackerelredmine.camel;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which means there are is what the branches of notify.camel.yaml say. */
@Tag("fast")
class MeansTest {

    private static final String EDITED = """
            - route:
                id: notify
                from:
                  uri: direct:notify
                  steps:
                    - choice:
                        when:
                          - simple: "${body.means} == 'slack'"
                            steps:
                              - choice:
                                  when:
                                    - simple: {expression: "${body.kind} == 'over'"}
                                      steps: [{log: over}]
                                    - simple: "${body.means} == \\"pager\\" && ${body.step} > 1"
                                      steps: [{log: pager}]
                          - simple:
                              expression: "${body.means} in 'teams, google-chat'"
                            steps: [{log: both}]
            """;

    @Test
    void are_the_shipped_ones_without_any_route_loaded() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.build();

            assertThat(Means.of(context)).containsExactly("mail", "phone", "redmine", "slack", "webhook");
        }
    }

    @Test
    void are_those_of_a_route_that_was_edited() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.build();
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("file:routes/notify.camel.yaml", EDITED));

            assertThat(Means.of(context)).containsExactly("google-chat", "pager", "slack", "teams");
        }
    }
}
