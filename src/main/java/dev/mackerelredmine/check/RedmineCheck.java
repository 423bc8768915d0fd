package dev.mackerelredmine.check;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * Looks whether Redmine is set up as the settings want it. It only reads, needs no administrator's key, and never throws for
 * what it finds: what cannot be looked at has a line that says so.
 */
public final class RedmineCheck {

    private final Wanted wanted;
    private final CamelContext camelContext;

    public RedmineCheck(Wanted wanted, CamelContext camelContext) {
        this.wanted = wanted;
        this.camelContext = camelContext;
    }

    /** All that there is to say, in the order in which a person would mend it. */
    public List<Finding> findings() {
        Redmine redmine = new Redmine(wanted, new Questions(camelContext));
        return Stream.of(
                        new AccessLines(wanted, redmine).lines(),
                        new RoleLines(redmine).lines(),
                        new TicketLines(wanted, redmine).lines(),
                        new FieldLines(wanted, redmine).lines(),
                        new CreationLines(wanted, redmine).lines(),
                        new WorkflowLines(wanted, redmine).lines())
                .flatMap(List::stream)
                .map(Line::finding)
                .toList();
    }

    /** What a person has to mend. */
    public List<Finding> wrong() {
        return findings().stream().filter(Finding::isWrong).toList();
    }
}
