package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** Whether Redmine is there, and lets us in: the address, the REST API, the key, the project. */
final class AccessLines {

    private static final int ACTIVE = 1;
    private static final int CLOSED = 5;
    private static final String REST_API = "REST API";

    private final Wanted wanted;
    private final Redmine redmine;

    AccessLines(Wanted wanted, Redmine redmine) {
        this.wanted = wanted;
        this.redmine = redmine;
    }

    List<Line> lines() {
        return List.of(
                new Line(wanted.addressSetting(), this::address),
                new Line(REST_API, this::restApi),
                new Line(Wanted.KEY, this::key),
                new Line(Wanted.PROJECT, this::project));
    }

    private Finding address() {
        Answer answer = redmine.userAnswer();
        return isRedmine(answer)
                ? Finding.ok(wanted.addressSetting(), wanted.address() + " answers" + byWhat())
                : Finding.wrong(
                        wanted.addressSetting(), wanted.address() + " " + whatIsThere(answer), whatToDo(answer));
    }

    private static boolean isRedmine(Answer answer) {
        return answer.at("/user/id").isIntegralNumber() || answer.status() == 401 || answer.status() == 403;
    }

    private String byWhat() {
        return wanted.address().startsWith("https:") ? " by TLS, with a certificate that is trusted" : " by plain http";
    }

    private static String whatIsThere(Answer answer) {
        if (answer.status() == 0) {
            return "does not answer: " + answer.failure();
        }
        return answer.failure() == null
                ? "answers, but not as Redmine's API does"
                : "answers with " + answer.status() + ", and not as Redmine's API does";
    }

    private static String whatToDo(Answer answer) {
        if (answer.location() != null) {
            return "It leads to " + answer.location().replaceAll("(/users/current\\.json|/login)?(\\?.*)?$", "")
                    + ": set the address where Redmine answers itself";
        }
        if (answer.status() == 0) {
            return "Is the address right (http or https, host, port), does Redmine run, and does a firewall let requests through?";
        }
        if (answer.status() >= 500 || answer.status() == 429) {
            return "Look at Redmine's log, or check again later";
        }
        return "Is the address that of Redmine's start page, with its path where it has one?";
    }

    private Finding restApi() {
        return switch (statusOfRedmine()) {
            case 401 -> throw new NotKnownException(Wanted.KEY);
            case 403 ->
                Finding.wrong(
                        REST_API,
                        "is off, or a proxy in front of Redmine refuses the request",
                        "Switch on \"Enable REST web service\" (Administration, Settings, API)");
            default -> Finding.ok(REST_API, "is on");
        };
    }

    private Finding key() {
        return switch (statusOfRedmine()) {
            case 401 ->
                Finding.wrong(
                        Wanted.KEY,
                        "Redmine does not know the key, or its user is locked",
                        "Log in to Redmine as the bot user, and take the key from \"My account\", API access key, Show");
            case 403 -> throw new NotKnownException(REST_API);
            default ->
                Finding.ok(
                        Wanted.KEY, "is that of " + user() + (redmine.isAdministrator() ? ", an administrator" : ""));
        };
    }

    private int statusOfRedmine() {
        if (!isRedmine(redmine.userAnswer())) {
            throw new NotKnownException(wanted.addressSetting());
        }
        return redmine.userAnswer().status();
    }

    private String user() {
        JsonNode user = redmine.user();
        return user.path("login").asText() + " (" + user.path("firstname").asText() + " "
                + user.path("lastname").asText() + ")";
    }

    private Finding project() {
        String asked = wanted.value(Wanted.PROJECT).orElse("");
        Answer answer = redmine.projectAnswer();
        return switch (answer.status()) {
            case 200 -> openProject(redmine.project());
            case 404 ->
                Finding.wrong(
                        Wanted.PROJECT,
                        "there is no project \"" + asked + "\"",
                        "Take its identifier, as in its address, or its number. " + memberships());
            case 403 ->
                Finding.wrong(
                        Wanted.PROJECT,
                        "\"" + asked + "\" is not for the key's user to see, or archived",
                        "Make the user a member of it. " + memberships());
            default -> throw new NotAnsweredException(answer);
        };
    }

    private String memberships() {
        String projects = redmine.user().findValues("project").stream()
                .map(project -> project.path("name").asText() + " (" + project.path("id") + ")")
                .collect(Collectors.joining(", "));
        return "The user is a member of: " + (projects.isEmpty() ? "none" : projects);
    }

    private static Finding openProject(JsonNode project) {
        int status = project.path("status").asInt(ACTIVE);
        if (status != ACTIVE) {
            return Finding.wrong(
                    Wanted.PROJECT,
                    name(project) + (status == CLOSED ? " is closed" : " is archived, or about to be deleted"),
                    "Reopen it, or set another");
        }
        boolean hasTickets =
                project.path("enabled_modules").findValuesAsText("name").contains("issue_tracking");
        return hasTickets
                ? Finding.ok(Wanted.PROJECT, name(project))
                : Finding.wrong(
                        Wanted.PROJECT,
                        name(project) + " does not track issues",
                        "Switch on its module \"Issue tracking\" (the project's Settings, Project, Modules)");
    }

    private static String name(JsonNode project) {
        return project.path("name").asText() + " (" + project.path("identifier").asText() + ")";
    }
}
