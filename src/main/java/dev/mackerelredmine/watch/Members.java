package dev.mackerelredmine.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.Issue.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Who works in which project: asked for again each ten minutes. */
final class Members {

    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int PAGE = 100;

    private final Predicate<Named> isIgnored;
    private final InstantSource clock;
    private final Map<Long, Known> projects = new HashMap<>();

    private record Known(List<Long> users, int next, boolean isWhole, Instant since) {}

    /** @param isIgnored whose changes are no person's */
    Members(Predicate<Named> isIgnored, InstantSource clock) {
        this.isIgnored = isIgnored;
        this.clock = clock;
    }

    /** The first of these projects whose members have to be asked for. */
    Optional<Long> unknownOf(Collection<Long> wanted) {
        return wanted.stream().filter(project -> !isFresh(project)).findFirst();
    }

    private boolean isFresh(long project) {
        Known known = projects.get(project);
        return known != null && known.isWhole() && known.since().plus(FRESH).isAfter(clock.instant());
    }

    /** What to ask for to know them: a page. */
    String query(long project) {
        return "limit=" + PAGE + "&offset=" + begun(project).next();
    }

    private Known begun(long project) {
        Known known = projects.get(project);
        return known == null || known.isWhole() ? new Known(List.of(), 0, false, clock.instant()) : known;
    }

    /** Groups show with their users beside them. */
    void learn(long project, JsonNode answer) {
        Known before = begun(project);
        List<Long> users = new ArrayList<>(before.users());
        JsonNode page = answer.path("memberships");
        for (JsonNode member : page) {
            JsonNode user = member.path("user");
            if (user.path("id").isIntegralNumber()
                    && !isIgnored.test(new Named(
                            user.path("id").asLong(), user.path("name").asText()))) {
                users.add(user.path("id").asLong());
            }
        }
        int next = before.next() + page.size();
        boolean isWhole = page.isEmpty() || next >= answer.path("total_count").asInt();
        projects.put(project, new Known(List.copyOf(users), next, isWhole, before.since()));
    }

    /** We may not see who works there: what they do is found by the sweep alone. */
    void cannotBeSeen(long project) {
        projects.put(project, new Known(List.of(), 0, true, clock.instant()));
    }

    /** Their numbers, without ours. */
    SortedSet<Long> of(Collection<Long> wanted, long us) {
        SortedSet<Long> all = new TreeSet<>();
        wanted.stream().map(projects::get).filter(known -> known != null).forEach(known -> all.addAll(known.users()));
        all.remove(us);
        return all;
    }
}
