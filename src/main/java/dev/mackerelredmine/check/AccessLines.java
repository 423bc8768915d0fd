package dev.mackerelredmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

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
        String setting = wanted.addressSetting();
        Answer answer = redmine.userAnswer();
        if (answer.isGood() && answer.at("/user/id").isIntegralNumber()
                || answer.status() == 401
                || answer.status() == 403) {
            return Finding.ok(setting, wanted.address() + " answers" + byWhat());
        }
        return Finding.wrong(setting, whatIsThere(answer), whatToDo(answer));
    }

    private String byWhat() {
        return wanted.address().startsWith("https:") ? " by TLS, with a certificate that is trusted" : " by plain http";
    }

    private String whatIsThere(Answer answer) {
        if (answer.failure() == null) {
            return "what answers at " + wanted.address() + " is not Redmine's API";
        }
        return wanted.address() + ": " + answer.failure();
    }

    private static String whatToDo(Answer answer) {
        if (answer.location() != null) {
            return "It leads to " + answer.location().replaceAll("(/users/current\\.json|/login)?(\\?.*)?$", "")
                    + ": set the address to where Redmine answers itself";
        }
        if (answer.status() == 0) {
            return "Is the address right, does Redmine run, and does a firewall let us through?";
        }
        if (answer.status() >= 500 || answer.status() == 429) {
            return "Look after Redmine, or check again later";
        }
        return "Is the address that of Redmine's start page, with its path where it has one?";
    }

    private Finding restApi() {
        return switch (redmine.userAnswer().status()) {
            case 200 -> Finding.ok(REST_API, redmine.user().isObject() ? "is on" : "");
            case 403 ->
                Finding.wrong(
                        REST_API,
                        "is off, or something between refuses us",
                        "Switch on \"Enable REST web service\" (Administration, Settings, API)");
            case 401 -> throw new NotKnownException(Wanted.KEY);
            default -> throw new NotKnownException(wanted.addressSetting());
        };
    }

    private Finding key() {
        return switch (redmine.userAnswer().status()) {
            case 200 ->
                Finding.ok(
                        Wanted.KEY, "is that of " + user() + (redmine.isAdministrator() ? ", an administrator" : ""));
            case 401 ->
                Finding.wrong(
                        Wanted.KEY,
                        "Redmine does not know the key, or its user is locked",
                        "Take the key from \"My account\" of the tickets' author");
            case 403 -> throw new NotKnownException(REST_API);
            default -> throw new NotKnownException(wanted.addressSetting());
        };
    }

    private String user() {
        JsonNode user = redmine.user();
        return user.path("login").asText() + " (" + user.path("firstname").asText() + " "
                + user.path("lastname").asText() + ")";
    }

    private Finding project() {
        String asked = wanted.value(Wanted.PROJECT).orElse("");
        return switch (redmine.projectAnswer().status()) {
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
            default -> throw new NotAnsweredException(redmine.projectAnswer());
        };
    }

    private String memberships() {
        Listing projects = new Listing(redmine.user().findValues("project"));
        return "The user is a member of: " + projects.names();
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
                        name(project) + " has no tickets",
                        "Switch on its module \"Issue tracking\" (the project's Settings)");
    }

    private static String name(JsonNode project) {
        return project.path("name").asText() + " (" + project.path("identifier").asText() + ")";
    }
}
