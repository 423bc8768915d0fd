package dev.mackerelredmine.ticket;

import dev.mackerelredmine.redmine.RedmineName;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.ticket.Remark.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a policy wishes of a new ticket, in Redmine's numbers. For a name that Redmine does not have the settings' own is taken,
 * and a remark says so: a ticket in the wrong place is found, one that was never made is not.
 */
final class Wishes {

    private final RedmineNames names;
    private final Policy settings;
    private final Policy policy;
    private final List<Remark> remarks = new ArrayList<>();
    private final String project;

    Wishes(RedmineNames names, Policy settings, Policy policy) {
        this.names = names;
        this.settings = settings;
        this.policy = policy.or(settings);
        this.project = findProject();
    }

    /** The list of names that has to be fetched next, before these wishes are known; empty when they are. */
    static Optional<String> nextList(RedmineNames names, Policy settings, Policy policy) {
        Policy whole = policy.or(settings);
        Optional<String> projects =
                isOf(settings, whole) ? Optional.empty() : names.toFetch(RedmineName.project(whole.project()));
        return projects.or(() -> new Wishes(names, settings, policy).nextList());
    }

    private Optional<String> nextList() {
        Stream<RedmineName> one = Stream.of(
                RedmineName.tracker(policy.tracker()),
                RedmineName.status(policy.status()),
                RedmineName.priority(policy.priority()),
                RedmineName.assignee(project, policy.assignee()),
                RedmineName.category(project, policy.category()));
        Stream<RedmineName> watchers = policy.watchers().stream().map(watcher -> RedmineName.watcher(project, watcher));
        return Stream.concat(one, watchers)
                .map(names::toFetch)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The project of the settings is not looked up, so that opening a ticket there costs one request. */
    private String findProject() {
        RedmineName wished = RedmineName.project(policy.project());
        if (isOf(settings, policy)) {
            return settings.project();
        }
        Long number = names.number(wished);
        if (isMissing(wished)) {
            return settings.project();
        }
        return number == null ? policy.project() : number.toString();
    }

    private static boolean isOf(Policy settings, Policy policy) {
        return policy.project().equals(settings.project());
    }

    String project() {
        return project;
    }

    Long tracker() {
        return number(RedmineName::tracker, policy.tracker(), settings.tracker());
    }

    Long status() {
        return number(RedmineName::status, policy.status(), settings.status());
    }

    Long priority() {
        return number(RedmineName::priority, policy.priority(), settings.priority());
    }

    Long assignee() {
        return number(text -> RedmineName.assignee(project, text), policy.assignee(), settings.assignee());
    }

    Long category() {
        return number(text -> RedmineName.category(project, text), policy.category(), null);
    }

    List<Long> watchers() {
        return policy.watchers().stream()
                .map(watcher -> number(text -> RedmineName.watcher(project, text), watcher, null))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    String dueDate(LocalDate today) {
        String text = policy.dueDate();
        if (text == null || text.isBlank()) {
            return null;
        }
        Optional<LocalDate> date = DueDate.of(text, today);
        if (date.isEmpty()) {
            remarks.add(Remark.of(Kind.NO_SUCH_NAME, "due date", text));
        }
        return date.map(LocalDate::toString).orElse(null);
    }

    /** What Redmine did not have, of all that was asked for so far. */
    List<Remark> remarks() {
        return List.copyOf(remarks);
    }

    private Long number(Function<String, RedmineName> kind, String wished, String bySettings) {
        RedmineName name = kind.apply(wished);
        Long number = names.number(name);
        return isMissing(name) ? names.number(kind.apply(bySettings)) : number;
    }

    private boolean isMissing(RedmineName name) {
        boolean isMissing = names.lacks(name);
        if (isMissing) {
            remarks.add(Remark.of(Kind.NO_SUCH_NAME, name.kind(), name.text()));
        }
        return isMissing;
    }
}
