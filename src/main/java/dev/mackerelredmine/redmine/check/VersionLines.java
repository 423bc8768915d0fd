package dev.mackerelredmine.redmine.check;

import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What is known of Redmine's version, and what follows from it for who runs it. No answer of the API has a version, and what depends on
 * one is decided by what Redmine answers; this line is for people.
 */
final class VersionLines {

    private static final String VERSION = "version of Redmine";
    private static final String AUTHOR_GETS_MAIL =
            ". Redmine mails people's notes to the ticket's author, the bot user: set its email notifications to \"No events\""
                    + " (Administration, Users)";

    private final Redmine redmine;

    VersionLines(Redmine redmine) {
        this.redmine = redmine;
    }

    List<Line> lines() {
        return List.of(new Line(VERSION, this::version));
    }

    private Finding version() {
        redmine.user();
        String login = redmine.loginPage();
        // The scripts of its pages are imported by a map since 6.1.
        if (login.contains("type=\"importmap\"")) {
            return known("6.1 or newer");
        }
        if (TextFormatLines.isShownIn(login)) {
            return known("6.0");
        }
        if (priorityIsAField()) {
            return known(login.isEmpty() ? "5.1 or newer, as it shows no login page" : "5.1");
        }
        return known("5.0 or older, or each tracker is without a priority");
    }

    /** Since 5.1 a tracker can be without it, and so it is named where it is not. */
    private boolean priorityIsAField() {
        return redmine.trackers().entries().stream()
                .flatMap(tracker -> StreamSupport.stream(
                        tracker.path("enabled_standard_fields").spliterator(), false))
                .anyMatch(field -> field.asText().equals("priority_id"));
    }

    private static Finding known(String version) {
        return Finding.ok(VERSION, version + AUTHOR_GETS_MAIL);
    }
}
