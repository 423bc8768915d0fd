package dev.mackerelredmine.redmine.check;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * Checks whether Redmine is set up as the settings need it. It needs no administrator's key, and never throws for what it finds: what
 * cannot be checked has a line that says so.
 */
public final class RedmineCheck {

    private final Wanted wanted;
    private final CamelContext camelContext;
    private final Optional<Callable<Duration>> postgresql;
    private final BooleanSupplier makesIncidents;

    /**
     * @param postgresql how far the clock of the store's server is ahead of this machine's; none where the store is a file
     * @param makesIncidents whether the policy lets alerts become an incident; known when the routes are loaded
     */
    public RedmineCheck(
            Wanted wanted,
            CamelContext camelContext,
            Optional<Callable<Duration>> postgresql,
            BooleanSupplier makesIncidents) {
        this.makesIncidents = makesIncidents;
        this.wanted = wanted;
        this.camelContext = camelContext;
        this.postgresql = postgresql;
    }

    /** All that there is to say, in the order in which a person would correct it. It changes nothing. */
    public List<Finding> findings() {
        return findings(false, subject -> {});
    }

    /**
     * @param withTicket whether one ticket is made, changed and closed, so that what only a ticket shows need not wait for the first alert
     * @param progress gets the subject of each line before it is looked at
     */
    public List<Finding> findings(boolean withTicket, Consumer<String> progress) {
        Redmine redmine = new Redmine(wanted, new Questions(camelContext));
        WorkflowLines workflow = new WorkflowLines(wanted, redmine);
        return Stream.of(
                        new AccessLines(wanted, redmine).lines(),
                        new VersionLines(redmine).lines(),
                        new ClockLines(redmine, postgresql).lines(),
                        new RoleLines(redmine, makesIncidents.getAsBoolean()).lines(),
                        new TicketLines(wanted, redmine).lines(),
                        new TextFormatLines(wanted, redmine).lines(),
                        new CreationLines(wanted, redmine).lines(),
                        withTicket ? new TestTicket(wanted, redmine).lines() : List.<Line>of(),
                        new FieldLines(wanted, redmine).lines(),
                        withTicket ? workflow.linesAfterATicket() : workflow.lines())
                .flatMap(List::stream)
                .map(line -> {
                    progress.accept(line.subject());
                    return line.finding();
                })
                .toList();
    }

    /** Whether each of these is a member of the project; a note where not, because a policy may give tickets to other projects. */
    public Finding members(String subject, Collection<String> names) {
        Redmine redmine = new Redmine(wanted, new Questions(camelContext));
        return new Line(subject, () -> {
                    Listing members = redmine.members();
                    String strangers = names.stream()
                            .filter(name -> members.find(name).isEmpty())
                            .collect(Collectors.joining(", "));
                    return strangers.isEmpty()
                            ? Finding.ok(subject, "each is a member of the project: " + String.join(", ", names))
                            : Finding.note(subject, "no member of the project is called " + strangers);
                })
                .finding();
    }

    /** What a person has to correct. */
    public List<Finding> wrong() {
        return findings().stream().filter(Finding::isWrong).toList();
    }
}
