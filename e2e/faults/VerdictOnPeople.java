package faults;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.people.AcknowledgementRule;
import dev.mackerelredmine.people.Act;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.Issue;
import faults.Verdict.Finding;
import faults.Verdict.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares who the service believes to be on each open ticket, and who closed the others, with what the ticket's journals say, by the service's own rule, whose meaning
 * AcknowledgementPropertyTest holds: here it is asked whether it was applied to all that happened, whatever broke meanwhile. Each act that counts in the
 * end was shown once.
 */
final class VerdictOnPeople {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final AcknowledgementRule rule =
            new AcknowledgementRule(EnumSet.of(How.ASSIGNEE, How.STATUS, How.NOTE), Set.of());
    private final Set<Long> us;
    private final Notified notified;
    private final List<Finding> findings = new ArrayList<>();

    /** Who was paged: a note of theirs is an answer, while the escalation runs. */
    interface Notified {

        Notified NOBODY = new Notified() {
            @Override
            public Map<String, Instant> whileItRuns(long issue) {
                return Map.of();
            }

            @Override
            public boolean ever(long issue, String person, Instant by) {
                return false;
            }
        };

        /** By an escalation that runs at the end: by their names, and when that was known for sure. */
        Map<String, Instant> whileItRuns(long issue);

        /** By whichever escalation of the ticket. */
        boolean ever(long issue, String person, Instant by);
    }

    /** @param bot the number of the user whose key the service has */
    VerdictOnPeople(long bot) {
        this(bot, Notified.NOBODY);
    }

    VerdictOnPeople(long bot, Notified notified) {
        this.us = Set.of(bot);
        this.notified = notified;
    }

    /**
     * @param issues as Redmine shows them, with their journals
     * @param known who the service believes to be on them, by Redmine's numbers; nobody where one is missing
     * @param shown the steps by which people took or closed tickets: {@code 7 #42 hanako Test took it, ... (TIME)}, after the store's number of the
     *     alert
     */
    List<Finding> findings(List<JsonNode> issues, Map<Long, String> known, List<String> shown) {
        for (JsonNode json : issues) {
            Issue issue = read(json);
            WhoIsOnIt expected = rule.of(issue, us, notified.whileItRuns(issue.id()), WhoIsOnIt.NOBODY);
            if (issue.isClosed()) {
                if (expected.closed() != null) {
                    judgeReport(issue.id(), expected.closed(), shown);
                }
                continue;
            }
            WhoIsOnIt found = known.containsKey(issue.id()) ? read(known.get(issue.id())) : WhoIsOnIt.NOBODY;
            if (isAnswer(issue, found.acknowledged())) {
                expected = rule.of(issue, us, found);
            }
            if (!Objects.equals(journal(expected.acknowledged()), journal(found.acknowledged()))) {
                find(
                        expected.hasSomebody() && !found.hasSomebody() ? Kind.LOST : Kind.WRONG,
                        "#" + issue.id() + " is " + whose(expected) + ", and known as " + whose(found));
            } else if (expected.hasSomebody()) {
                judgeReport(issue.id(), expected.acknowledged(), shown);
            }
        }
        return findings;
    }

    /** While an escalation ran that has ended since. */
    private boolean isAnswer(Issue issue, Act act) {
        return act != null
                && act.how() == How.ANSWER
                && issue.journals().stream().anyMatch(journal -> journal.id() == act.journal() && journal.hasNotes())
                && notified.ever(issue.id(), act.by().name(), act.time().plusSeconds(1));
    }

    private void judgeReport(long issue, Act act, List<String> shown) {
        String words = " #" + issue + " " + act.by().name() + " ";
        String when = "(" + act.time() + ")";
        // Each alert of the ticket has the step.
        long times = shown.stream()
                .filter(step -> step.contains(words) && step.endsWith(when))
                .collect(Collectors.groupingBy(step -> step, Collectors.counting()))
                .values()
                .stream()
                .max(Comparator.naturalOrder())
                .orElse(0L);
        if (times != 1) {
            find(
                    times == 0 ? Kind.LOST : Kind.TWICE,
                    "#" + issue + ": that " + act.by().name() + (act.how() == How.CLOSED ? " closed" : " took")
                            + " it at " + act.time() + " is shown " + times + " times");
        }
    }

    private static Long journal(Act act) {
        return act == null ? null : (Long) act.journal();
    }

    private static String whose(WhoIsOnIt who) {
        return who.hasSomebody()
                ? who.acknowledged().by().name() + "'s by journal "
                        + who.acknowledged().journal()
                : "nobody's";
    }

    private static Issue read(JsonNode json) {
        try {
            return JSON.treeToValue(json, Issue.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WhoIsOnIt read(String json) {
        try {
            return JSON.readValue(json, WhoIsOnIt.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void find(Kind kind, String what) {
        findings.add(new Finding(kind, null, what));
    }
}
