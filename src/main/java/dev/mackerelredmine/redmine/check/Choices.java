package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;

/** What there is in a Redmine for the settings to name, as the key's user sees it. Nothing is changed. */
public final class Choices {

    private static final int MOST = 100;

    private final String address;
    private final Questions questions;

    /** Something that a setting can name, and what people call it. */
    public record Choice(String value, String name) {

        @Override
        public String toString() {
            return value.equals(name) ? name : name + " (" + value + ")";
        }
    }

    /** @param camelContext whose settings have address and key */
    public Choices(CamelContext camelContext, String address) {
        this.address = address;
        this.questions = new Questions(camelContext);
    }

    /** What of address, REST API and key is wrong; empty where we are let in. */
    public Optional<Finding> wrong() {
        return wrong("", line -> !line.subject().equals(Wanted.PROJECT));
    }

    /** What is wrong with the project. */
    public Optional<Finding> wrong(String project) {
        return wrong(project, line -> line.subject().equals(Wanted.PROJECT));
    }

    private Optional<Finding> wrong(String project, Predicate<Line> which) {
        return new AccessLines(wanted(project), redmine(project))
                .lines().stream()
                        .filter(which)
                        .map(Line::finding)
                        .filter(Finding::isWrong)
                        .findFirst();
    }

    /** Whose key it is, as people read it. */
    public String user() {
        JsonNode user = redmine("").user();
        return user.path("login").asText() + " (" + user.path("firstname").asText() + " "
                + user.path("lastname").asText() + ")";
    }

    /** Of which the user is a member; where it is of none, as an administrator may be, all that it sees. */
    public List<Choice> projects() {
        Set<Long> memberships = redmine("").user().findValues("project").stream()
                .map(project -> project.path("id").asLong())
                .collect(Collectors.toSet());
        return stream(questions.ask("/projects.json", "limit=" + MOST).at("/projects"))
                .filter(project -> memberships.isEmpty()
                        || memberships.contains(project.path("id").asLong()))
                .map(project -> new Choice(
                        project.path("identifier").asText(),
                        project.path("name").asText()))
                .toList();
    }

    public List<Choice> trackers(String project) {
        return redmine(project).trackersOfProject().entries().stream()
                .map(Choices::byName)
                .toList();
    }

    /** Members of the project, who are users and groups. */
    public List<Choice> people(String project) {
        return redmine(project).members().entries().stream()
                .map(Choices::byName)
                .toList();
    }

    /**
     * Custom fields of the project's tickets: an administrator sees all of Redmine; who is none sees those that are enabled for the project, and
     * those of its newest tickets.
     */
    public List<Choice> fields(String project) {
        Redmine redmine = redmine(project);
        long id = redmine.project().path("id").asLong();
        Stream<JsonNode> listed = redmine.isAdministrator()
                ? stream(questions.ask("/custom_fields.json").at("/custom_fields"))
                        .filter(field -> field.path("customized_type").asText().equals("issue"))
                : stream(redmine.project().path("issue_custom_fields"));
        Stream<JsonNode> ofTickets = stream(questions
                        .ask("/projects/" + id + "/issues.json", "status_id=*&sort=id:desc&limit=" + MOST)
                        .at("/issues"))
                .flatMap(ticket -> stream(ticket.path("custom_fields")));
        return Stream.concat(listed, ofTickets)
                .map(field ->
                        new Choice(field.path("id").asText(), field.path("name").asText()))
                .distinct()
                .toList();
    }

    private static Choice byName(JsonNode entry) {
        return new Choice(entry.path("name").asText(), entry.path("name").asText());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private Redmine redmine(String project) {
        return new Redmine(wanted(project), questions);
    }

    private Wanted wanted(String project) {
        return new Wanted("redmine.url", address, Map.of(Wanted.PROJECT, project));
    }
}
