package dev.mackerelredmine.redmine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * How an alert's ticket is found again: by the custom field that holds its id, else by the marker in its description.
 * Redmine ignores a filter that it does not know, and then answers with any issues, so each issue in the answer is checked.
 */
public final class IssueSearch {

    private static final String EVERY_STATUS = "&f[]=status_id&op[status_id]=*&limit=100&sort=id";

    private final Long alertIdField;

    public IssueSearch(Long alertIdField) {
        this.alertIdField = alertIdField;
    }

    public boolean hasAlertIdField() {
        return alertIdField != null;
    }

    public String byMarker(Identity identity) {
        return "f[]=description&op[description]=~&v[description][]=" + encoded(identity.marker()) + EVERY_STATUS;
    }

    public String byAlertId(Identity identity) {
        String field = "cf_" + alertIdField;
        return "f[]=" + field + "&op[" + field + "]==&v[" + field + "][]=" + encoded(identity.alertId()) + EVERY_STATUS;
    }

    /**
     * The alert's tickets among those found, the lowest number first: more than one where Redmine did a creation that was given up. Null
     * where there is none.
     */
    public List<Issue> pick(Identity identity, List<Issue> found) {
        List<Issue> tickets = found.stream()
                .filter(issue -> isOf(identity, issue))
                .sorted(Comparator.comparingLong(Issue::id))
                .toList();
        return tickets.isEmpty() ? null : tickets;
    }

    private boolean isOf(Identity identity, Issue issue) {
        if (Long.valueOf(issue.id()).equals(identity.except())) {
            return false;
        }
        boolean hasId = alertIdField != null && identity.alertId().equals(issue.customField(alertIdField));
        boolean hasMarker = issue.description() != null && issue.description().contains(identity.marker());
        return hasId || hasMarker;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * What tells one alert's ticket from every other: the alert's id as the custom field shows it, and the description's marker.
     *
     * @param except the number of an earlier ticket of the same alert, which is not looked for; or null
     */
    public record Identity(String alertId, String marker, Long except) {}
}
