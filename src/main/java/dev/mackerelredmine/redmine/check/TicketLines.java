package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What tickets get: tracker, statuses, priorities, assignee. Redmine replaces what it does not know, and says 201. */
final class TicketLines {

    private final Wanted wanted;
    private final Redmine redmine;

    TicketLines(Wanted wanted, Redmine redmine) {
        this.wanted = wanted;
        this.redmine = redmine;
    }

    List<Line> lines() {
        return Stream.of(
                        Stream.of(new Line(Wanted.TRACKER, this::tracker), new Line(Wanted.STATUS, this::status)),
                        Stream.of(
                                new Line(Wanted.CLOSED_STATUS, this::closedStatus),
                                new Line(Wanted.REOPENED_STATUS, this::reopenedStatus)),
                        wanted.names("redmine.priority").stream()
                                .map(setting -> new Line(setting, () -> priority(setting))),
                        Stream.of(new Line(Wanted.ASSIGNED, this::assignee)))
                .flatMap(lines -> lines)
                .toList();
    }

    private Finding tracker() {
        Listing ofProject = redmine.trackersOfProject();
        Optional<String> asked = wanted.value(Wanted.TRACKER);
        if (ofProject.entries().isEmpty()) {
            return Finding.wrong(
                    Wanted.TRACKER,
                    "the project has no tracker",
                    "Enable one (the project's Settings, Issue tracking)");
        }
        if (asked.isEmpty()) {
            return Finding.ok(Wanted.TRACKER, "not set: the project's first, " + name(redmine.tracker()));
        }
        return redmine.trackers()
                .find(asked.get())
                .map(tracker -> ofProject.contains(tracker)
                        ? Finding.ok(Wanted.TRACKER, name(tracker))
                        : Finding.wrong(
                                Wanted.TRACKER,
                                name(tracker) + " is not enabled in the project, so Redmine would take another",
                                "Enable it there (the project's Settings, Issue tracking), or set one of: "
                                        + ofProject.names()))
                .orElseGet(() -> unknown(Wanted.TRACKER, "tracker", asked.get(), ofProject));
    }

    private Finding status() {
        return status(Wanted.STATUS, () -> "not set: the tracker's default, " + name(trackersOwn()))
                .orElseGet(() -> {
                    JsonNode status = redmine.statusOrTrackersOwn(Wanted.STATUS);
                    return isClosed(status)
                            ? Finding.note(Wanted.STATUS, name(status) + " is a closed status: new tickets are closed")
                            : Finding.ok(Wanted.STATUS, name(status));
                });
    }

    private Finding closedStatus() {
        return status(Wanted.CLOSED_STATUS, () -> "not set: the first closed status that the workflow allows")
                .orElseGet(() -> {
                    JsonNode status = redmine.statusOrTrackersOwn(Wanted.CLOSED_STATUS);
                    return isClosed(status)
                            ? Finding.ok(Wanted.CLOSED_STATUS, name(status))
                            : Finding.wrong(
                                    Wanted.CLOSED_STATUS,
                                    name(status) + " is not a closed status",
                                    "Set one of: " + closed(true).names());
                });
    }

    private Finding reopenedStatus() {
        return status(Wanted.REOPENED_STATUS, () -> "not set: the tracker's default, " + name(trackersOwn()))
                .orElseGet(() -> {
                    JsonNode status = redmine.statusOrTrackersOwn(Wanted.REOPENED_STATUS);
                    return isClosed(status)
                            ? Finding.wrong(
                                    Wanted.REOPENED_STATUS,
                                    name(status) + " is a closed status",
                                    "Set one of: " + closed(false).names())
                            : Finding.ok(Wanted.REOPENED_STATUS, name(status));
                });
    }

    /** What is to be said of a setting that is not set, or names no status; empty where it names one. */
    private Optional<Finding> status(String setting, Supplier<String> none) {
        Listing statuses = redmine.statuses();
        return wanted.value(setting)
                .map(asked -> statuses.find(asked).isPresent()
                        ? Optional.<Finding>empty()
                        : Optional.of(unknown(setting, "status", asked, statuses)))
                .orElseGet(() -> Optional.of(Finding.ok(setting, none.get())));
    }

    private JsonNode trackersOwn() {
        return redmine.tracker().path("default_status");
    }

    private Listing closed(boolean closed) {
        return new Listing(redmine.statuses().entries().stream()
                .filter(status -> isClosed(status) == closed)
                .toList());
    }

    private Finding priority(String setting) {
        Listing priorities = redmine.priorities();
        return wanted.value(setting)
                .map(asked -> priorities
                        .find(asked)
                        .map(priority -> priority.path("active").asBoolean(true)
                                ? Finding.ok(setting, name(priority))
                                : Finding.note(
                                        setting,
                                        name(priority) + " is no longer active; Redmine takes it all the same"))
                        .orElseGet(() -> unknown(setting, "priority", asked, priorities)))
                .orElseGet(() -> Finding.ok(setting, "not set: Redmine's default"));
    }

    private Finding assignee() {
        if (wanted.assignsOnCall()) {
            return Finding.ok(Wanted.ASSIGNED, "whoever is on call when the ticket is made");
        }
        Listing members = redmine.members();
        return wanted.value(Wanted.ASSIGNED)
                .map(asked -> members.find(asked).map(this::member).orElseGet(() -> noMember(asked, members)))
                .orElseGet(() -> Finding.ok(Wanted.ASSIGNED, "not set: nobody"));
    }

    private Finding noMember(String asked, Listing members) {
        Listing others = new Listing(members.entries().stream()
                .filter(member -> !member.path("id").equals(redmine.user().path("id")))
                .toList());
        return Finding.wrong(
                Wanted.ASSIGNED,
                "there is no member of the project \"" + asked + "\"",
                "Make that person a member of the project. Members: " + others.names());
    }

    private Finding member(JsonNode member) {
        boolean isOurselves = member.path("id").equals(redmine.user().path("id"));
        boolean isAssignable = Listing.of(member.path("roles")).entries().stream()
                .anyMatch(role -> redmine.role(role.path("id").asLong())
                        .path("assignable")
                        .asBoolean());
        if (!isOurselves && !isAssignable) {
            return Finding.wrong(
                    Wanted.ASSIGNED,
                    name(member) + " is a member, but tickets cannot be assigned to that role: "
                            + Listing.of(member.path("roles")).names(),
                    "Tick \"Issues can be assigned to users with this role\" (Administration, Roles and permissions), or give another role");
        }
        return "group".equals(member.path("kind").asText())
                ? Finding.note(
                        Wanted.ASSIGNED,
                        name(member)
                                + " is a group: this needs \"Allow issue assignment to groups\" (Administration, Settings, Issue tracking)")
                : Finding.ok(Wanted.ASSIGNED, name(member));
    }

    private static Finding unknown(String setting, String what, String asked, Listing there) {
        return Finding.wrong(setting, "there is no " + what + " \"" + asked + "\"", "Set one of: " + there.names());
    }

    private static boolean isClosed(JsonNode status) {
        return status.path("is_closed").asBoolean();
    }

    private static String name(JsonNode named) {
        return named.path("name").asText() + " (" + named.path("id").asText() + ")";
    }
}
