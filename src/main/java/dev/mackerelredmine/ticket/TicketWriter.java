package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.redmine.IssueSearch;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.redmine.NewIssue.CustomFieldValue;
import dev.mackerelredmine.redmine.RedmineNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes of an alert the Redmine issue that is to be created for it. */
public final class TicketWriter {

    private final TicketText text;
    private final TicketFields fields;
    private final RedmineNames names;

    public TicketWriter(TicketText text, TicketFields fields, RedmineNames names) {
        this.text = text;
        this.fields = fields;
        this.names = names;
    }

    /** The lists of names that Redmine has to be asked for before the issue can be written. */
    public List<String> namesToFetch(Policy policy) {
        return names.toFetch(policy.project(), policy.tracker(), policy.status(), policy.priority(), policy.assignee());
    }

    public NewIssue newIssue(AlertHistory history, Policy policy) {
        Notification headline = history.headline();
        return new NewIssue(
                policy.project(),
                names.tracker(policy.tracker()),
                names.status(policy.status()),
                names.priority(policy.priority()),
                names.assignee(policy.project(), policy.assignee()),
                text.subject(headline),
                text.description(new Description(headline, history.key(), changes(history), List.of(), null)),
                customFields(headline, history.key()));
    }

    private static List<Change> changes(AlertHistory history) {
        return history.changes().stream()
                .map(change -> new Change(0, Instant.EPOCH, change))
                .toList();
    }

    /** By what the alert's ticket is found again. */
    public IssueSearch.Identity identity(AlertHistory history) {
        return new IssueSearch.Identity(history.key().id(), history.key().marker());
    }

    private List<CustomFieldValue> customFields(Notification headline, AlertKey key) {
        List<CustomFieldValue> values = new ArrayList<>();
        add(values, fields.monitor(), text.monitor(headline));
        add(values, fields.level(), headline.alert().status().toString());
        add(values, fields.host(), text.alarmHost(headline));
        add(values, fields.alertId(), key.id());
        return values;
    }

    private static void add(List<CustomFieldValue> values, Long field, String value) {
        if (field != null) {
            values.add(new CustomFieldValue(field, value));
        }
    }
}
