package dev.mackerelredmine.ticket.write;

import dev.mackerelredmine.redmine.RedmineName;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.Remark.Kind;
import dev.mackerelredmine.ticket.policy.DueDate;
import dev.mackerelredmine.ticket.policy.Policy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the routing policy decided for a new ticket, in Redmine's numbers. For what Redmine does not have the settings' own is taken, and a remark
 * says so: a ticket in the wrong place is found, one that was never made is not. A number that stands in the settings is not looked up,
 * so that an opening costs one request; but whom the settings assign need not be a member of another project.
 */
final class ResolvedPolicy {

    private final RedmineNames names;
    private final Policy settings;
    private final Policy policy;
    private final List<Remark> remarks = new ArrayList<>();
    private final String project;

    ResolvedPolicy(RedmineNames names, Policy settings, Policy policy) {
        this.names = names;
        this.settings = settings;
        this.policy = policy.or(settings);
        this.project = findProject();
        policy.emptyRotas().forEach(rota -> remarks.add(Remark.of(Kind.NOBODY_ON_CALL, rota)));
    }

    /** The list of names that has to be fetched next, before the policy can be resolved; empty when it can. */
    static Optional<String> nextList(RedmineNames names, Policy settings, Policy policy) {
        Policy whole = policy.or(settings);
        Optional<String> projects =
                isOf(settings, whole) ? Optional.empty() : names.toFetch(RedmineName.project(whole.project()));
        return projects.or(() -> new ResolvedPolicy(names, settings, policy).nextList());
    }

    private Optional<String> nextList() {
        Stream<RedmineName> one = Stream.of(
                tracker(policy.tracker()),
                status(policy.status()),
                priority(policy.priority()),
                assignee(policy.assignee()),
                category(policy.category()));
        Stream<RedmineName> watchers = policy.watchers().stream().map(this::watcher);
        return Stream.concat(one, watchers)
                .map(names::toFetch)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private String findProject() {
        RedmineName decided = RedmineName.project(policy.project());
        if (isOf(settings, policy)) {
            return settings.project();
        }
        Long number = names.number(decided);
        if (isMissing(decided)) {
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
        return number(this::tracker, policy.tracker(), settings.tracker());
    }

    Long status() {
        return number(this::status, policy.status(), settings.status());
    }

    Long priority() {
        return number(this::priority, policy.priority(), settings.priority());
    }

    Long assignee() {
        return number(this::assignee, policy.assignee(), settings.assignee());
    }

    Long category() {
        return number(this::category, policy.category(), null);
    }

    List<Long> watchers() {
        return policy.watchers().stream()
                .map(watcher -> number(this::watcher, watcher, null))
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
            remarks.add(Remark.of(Kind.NO_SUCH_NAME, "due-date", text));
        }
        return date.map(LocalDate::toString).orElse(null);
    }

    /** In which rotas nobody is on call, and what Redmine did not have, of all that was asked for so far. */
    List<Remark> remarks() {
        return List.copyOf(remarks);
    }

    private RedmineName tracker(String text) {
        return trusted(RedmineName.tracker(text), settings.tracker());
    }

    private RedmineName status(String text) {
        return trusted(RedmineName.status(text), settings.status());
    }

    private RedmineName priority(String text) {
        return trusted(RedmineName.priority(text), settings.priority());
    }

    private RedmineName assignee(String text) {
        RedmineName member = RedmineName.assignee(project, text);
        return project.equals(settings.project()) ? trusted(member, settings.assignee()) : member;
    }

    private RedmineName category(String text) {
        return RedmineName.category(project, text);
    }

    private RedmineName watcher(String text) {
        return RedmineName.watcher(project, text);
    }

    private static RedmineName trusted(RedmineName name, String setting) {
        return Objects.equals(name.text(), setting) ? name.trusted() : name;
    }

    private Long number(Function<String, RedmineName> kind, String decided, String bySettings) {
        RedmineName name = kind.apply(decided);
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
