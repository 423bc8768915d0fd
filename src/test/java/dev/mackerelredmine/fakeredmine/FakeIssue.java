package dev.mackerelredmine.fakeredmine;

import java.util.List;
import java.util.Map;

/**
 * An issue of FakeRedmine, in words: the project by its identifier, people by login, groups by name, custom fields that have a value by name.
 *
 * @param parent the number of the issue that it is a subtask of; null where it is none
 * @param relations the numbers of the issues that it is related to, whichever of the two was asked for it
 */
public record FakeIssue(
        int id,
        String project,
        String tracker,
        String status,
        boolean closed,
        String priority,
        String author,
        String assignee,
        String category,
        String dueDate,
        List<String> watchers,
        String subject,
        String description,
        Map<String, String> customFields,
        List<String> notes,
        Integer parent,
        List<Integer> relations,
        List<Attachment> attachments) {

    public record Attachment(String filename, String contentType, int size) {}
}
