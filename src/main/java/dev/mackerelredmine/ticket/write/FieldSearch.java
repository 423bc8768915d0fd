package dev.mackerelredmine.ticket.write;

import dev.mackerelredmine.redmine.IssueField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds, by trial, which fields of an issue Redmine refuses (422): one after the other is left out, and stays out where that leaves fewer
 * errors. A new issue is also tried with the bot user as its assignee, because Redmine's default (a project's, a category's) may be locked.
 * Last, everything is left out. Each step is one request. Redmine's messages are never parsed: they come in any language.
 *
 * @param optional what can be left out, the likeliest first
 * @param mayBeMine whether the issue can be assigned to the API key's user: a new one can
 * @param now this try
 * @param known what is known to be refused so far
 * @param errors what Redmine said the first time; empty before
 * @param fewest how many errors there were when only what is known was left out
 * @param untried what is to be tried next, one after the other
 */
record FieldSearch(
        List<String> optional,
        boolean mayBeMine,
        Less now,
        Less known,
        List<String> errors,
        int fewest,
        List<String> untried) {

    /** Stands among the fields for: assign it to the API key's user. */
    private static final String ME = "me";

    FieldSearch {
        optional = List.copyOf(optional);
        errors = List.copyOf(errors);
        untried = List.copyOf(untried);
    }

    /** What a request does without. */
    record Less(Set<String> fields, boolean toMe) {
        Less {
            fields = Set.copyOf(fields);
        }

        private Less and(String field) {
            Set<String> more = new HashSet<>(fields);
            more.add(field.equals(ME) ? IssueField.ASSIGNEE : field);
            return new Less(more, toMe || field.equals(ME));
        }
    }

    /** The first try, without what is known to be refused. */
    static FieldSearch of(Collection<String> optional, Set<String> refused, boolean toMe, boolean mayBeMine) {
        Less known = new Less(refused, toMe);
        return new FieldSearch(List.copyOf(optional), mayBeMine, known, known, List.of(), Integer.MAX_VALUE, List.of());
    }

    /** The same, without anything that can be left out. */
    FieldSearch bare() {
        return trying(new Less(Set.copyOf(optional), known.toMe()), List.of());
    }

    /** The next try, after this one was refused for these reasons; empty where nothing is left to try. */
    Optional<FieldSearch> afterRefusal(List<String> said) {
        if (errors.isEmpty()) {
            return new FieldSearch(optional, mayBeMine, now, known, said, said.size(), candidates()).next();
        }
        return said.size() < fewest
                ? new FieldSearch(optional, mayBeMine, now, now, errors, said.size(), untried).next()
                : next();
    }

    private List<String> candidates() {
        List<String> all = new ArrayList<>(optional);
        all.removeAll(known.fields());
        if (mayBeMine && !known.toMe()) {
            all.add(all.indexOf(IssueField.ASSIGNEE) + 1, ME);
        }
        return all;
    }

    private Optional<FieldSearch> next() {
        if (!untried.isEmpty()) {
            return Optional.of(trying(known.and(untried.get(0)), untried.subList(1, untried.size())));
        }
        if (!now.fields().containsAll(optional)) {
            return Optional.of(bare());
        }
        return mayBeMine && !now.toMe() ? Optional.of(trying(now.and(ME), List.of())) : Optional.empty();
    }

    private FieldSearch trying(Less less, List<String> rest) {
        return new FieldSearch(optional, mayBeMine, less, known, errors, fewest, rest);
    }

    /** What is left out in this try. */
    List<String> leftOut() {
        return optional.stream().filter(now.fields()::contains).toList();
    }
}
