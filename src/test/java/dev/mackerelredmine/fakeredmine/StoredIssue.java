package dev.mackerelredmine.fakeredmine;

import dev.mackerelredmine.fakeredmine.FakeRedmineData.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** An issue as FakeRedmine keeps it: its attributes under the names that Redmine's journals give them, ids as text. */
final class StoredIssue {

    record Journal(int id, User user, String notes, Instant createdOn, List<Map<String, Object>> details) {}

    /** What another issue is to this one: the issue that the relation was asked for stands first. */
    record Relation(int id, int issue, int issueTo) {

        int other(int issueId) {
            return issueId == issue ? issueTo : issue;
        }
    }

    record Attachment(int id, User author, String filename, String contentType, int size, Instant createdOn) {}

    final int id;
    final User author;
    final Instant createdOn;
    final Map<String, String> attributes;
    final Map<Integer, String> customFields;
    final List<Journal> journals;
    final List<Relation> relations = new ArrayList<>();
    final List<Attachment> attachments = new ArrayList<>();
    final List<Integer> watchers = new ArrayList<>();
    Instant updatedOn;
    Instant closedOn;

    StoredIssue(int id, User author, Instant createdOn) {
        this(id, author, createdOn, new LinkedHashMap<>(), new TreeMap<>(), new ArrayList<>());
        updatedOn = createdOn;
    }

    private StoredIssue(
            int id,
            User author,
            Instant createdOn,
            Map<String, String> attributes,
            Map<Integer, String> customFields,
            List<Journal> journals) {
        this.id = id;
        this.author = author;
        this.createdOn = createdOn;
        this.attributes = attributes;
        this.customFields = customFields;
        this.journals = journals;
    }

    StoredIssue copy() {
        StoredIssue copy = new StoredIssue(
                id,
                author,
                createdOn,
                new LinkedHashMap<>(attributes),
                new TreeMap<>(customFields),
                new ArrayList<>(journals));
        copy.relations.addAll(relations);
        copy.attachments.addAll(attachments);
        copy.watchers.addAll(watchers);
        copy.updatedOn = updatedOn;
        copy.closedOn = closedOn;
        return copy;
    }

    /** The id that the attribute holds, 0 when there is none. */
    int number(String attribute) {
        String value = attributes.get(attribute);
        return value == null ? 0 : Integer.parseInt(value);
    }

    List<Map<String, Object>> changesSince(StoredIssue before) {
        List<Map<String, Object>> details = new ArrayList<>();
        attributes.forEach((name, value) -> addChange(details, "attr", name, before.attributes.get(name), value));
        customFields.forEach(
                (field, value) -> addChange(details, "cf", "" + field, before.customFields.get(field), value));
        attachments.stream()
                .filter(it -> !before.attachments.contains(it))
                .forEach(it -> addChange(details, "attachment", "" + it.id(), null, it.filename()));
        return details;
    }

    private static void addChange(
            List<Map<String, Object>> details, String property, String name, String before, String after) {
        if (Objects.equals(Objects.toString(before, ""), Objects.toString(after, ""))) {
            return;
        }
        details.add(detail(property, name, before, after));
    }

    static Map<String, Object> detail(String property, String name, String before, String after) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("property", property);
        detail.put("name", name);
        detail.put("old_value", before);
        detail.put("new_value", after);
        return detail;
    }
}
