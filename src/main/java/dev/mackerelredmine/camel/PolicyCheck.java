package dev.mackerelredmine.camel;

import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.ticket.text.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Runs the routing policy with an alert of each kind, so that a failing step is found before an alert has to wait for it. */
public final class PolicyCheck {

    private final CamelContext camelContext;
    private final PolicyVariables variables;

    public PolicyCheck(CamelContext camelContext) {
        this.camelContext = camelContext;
        this.variables = camelContext.getRegistry().findSingleByType(PolicyVariables.class);
    }

    public Finding finding() {
        String subject = RouteFolder.shown("routes/policy.camel.yaml");
        Set<String> failures = new LinkedHashSet<>();
        try (ProducerTemplate template = camelContext.createProducerTemplate()) {
            // An event of no route, in the metrics, would keep those of the routes out.
            template.setEventNotifierEnabled(false);
            Samples.ofEachKind().forEach(alert -> failures.addAll(failures(template, alert)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return failures.isEmpty()
                ? Finding.ok(subject, "decides about alerts of each kind")
                : Finding.wrong(
                        subject,
                        String.join("; ", failures),
                        "Correct it: until then each alert that comes to a step that fails waits");
    }

    /** As a list: a route asks what is wrong. */
    public List<Finding> wrong() {
        Finding finding = finding();
        return finding.isWrong() ? List.of(finding) : List.of();
    }

    private List<String> failures(ProducerTemplate template, AlertHistory alert) {
        Exchange decided = template.request("direct:policy", exchange -> {
            exchange.setVariable("history", alert);
            exchange.getMessage().setBody(alert.headline());
        });
        if (decided.getException() != null) {
            return List.of(StepFailures.said(decided, decided.getException(), "none"));
        }
        return variables.mistakes(variables.read(decided));
    }
}
