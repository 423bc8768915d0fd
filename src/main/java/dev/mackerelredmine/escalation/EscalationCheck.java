package dev.mackerelredmine.escalation;

import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.settings.NearestName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks whether escalation.yaml can be used, whether everybody in it can be reached, and whether somebody is on call at all times. */
public final class EscalationCheck {

    private static final String FILE = "escalation.file";
    private static final Duration AHEAD = Duration.ofDays(30);
    private static final int MOST_GAPS = 5;

    /** Redmine knows its people by their names. */
    private static final String REDMINE = "redmine";

    private final EscalationReader reader;
    private final Instant now;
    private final DateTimeFormatter time;

    /** @param zone of the times that are shown */
    public EscalationCheck(EscalationReader reader, Instant now, ZoneId zone) {
        this.reader = reader;
        this.now = now;
        this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(zone);
    }

    /** All that there is to say, in the order in which a person would correct it. */
    public List<Finding> findings(Path path) {
        EscalationFile file;
        try {
            file = reader.read(path);
        } catch (EscalationFileException e) {
            return e.mistakes().stream()
                    .map(mistake -> Finding.wrong(FILE, mistake, ""))
                    .toList();
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(FILE, path + " has " + size(file)));
        findings.addAll(withoutContact(file));
        file.rotas().forEach((name, rota) -> {
            rota.failures(time.getZone()).forEach(failure -> findings.add(Finding.wrong("rota " + name, failure, "")));
            rota.overlaps(now, time.getZone()).forEach(overlap -> findings.add(Finding.note("rota " + name, overlap)));
            findings.addAll(gaps(name, rota));
        });
        return findings;
    }

    /** Whom Redmine has to know, because the means {@code redmine} makes them the assignee; none where the file cannot be read. */
    public Set<String> inRedmine(Path path) {
        try {
            EscalationFile file = reader.read(path);
            return file.policies().values().stream()
                    .flatMap(policy -> policy.steps().stream())
                    .filter(step -> step.by().contains(REDMINE))
                    .flatMap(step -> step.whom().stream())
                    .flatMap(target -> names(file, target).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (EscalationFileException e) {
            return Set.of();
        }
    }

    private static String size(EscalationFile file) {
        return Stream.of(
                        number(file.policies().size(), "policy", "policies"),
                        number(file.rotas().size(), "rota", "rotas"),
                        number(file.people().size(), "contact list", "contact lists"))
                .collect(Collectors.joining(", "));
    }

    private static String number(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private List<Finding> withoutContact(EscalationFile file) {
        Map<String, Set<String>> missing = new LinkedHashMap<>();
        file.policies()
                .values()
                .forEach(policy -> policy.steps()
                        .forEach(step -> step.whom().stream()
                                .flatMap(target -> names(file, target).stream())
                                .forEach(name -> step.by().stream()
                                        .filter(means -> !canBeReached(file, name, means))
                                        .forEach(means -> missing.computeIfAbsent(name, first -> new TreeSet<>())
                                                .add(means)))));
        return missing.entrySet().stream()
                .map(it -> Finding.note(
                        it.getKey(),
                        "has no contact for " + String.join(", ", it.getValue()) + ", by which a policy notifies"
                                + (file.people().containsKey(it.getKey())
                                        ? ""
                                        : NearestName.question(
                                                it.getKey(), file.people().keySet()))))
                .toList();
    }

    private Set<String> names(EscalationFile file, Target target) {
        if (target.kind() != Target.Kind.ROTA) {
            return Set.of(target.name());
        }
        Rota rota = file.rotas().get(target.name());
        Set<String> names = new TreeSet<>(rota.people());
        Turn.of(rota, now, now.plus(AHEAD)).forEach(turn -> turn.person().ifPresent(names::add));
        return names;
    }

    private static boolean canBeReached(EscalationFile file, String name, String means) {
        Person person = file.people().get(name);
        return means.equals(REDMINE) || person != null && person.contacts().containsKey(means);
    }

    private List<Finding> gaps(String name, Rota rota) {
        List<Turn> gaps = Turn.of(rota, now, now.plus(AHEAD)).stream()
                .filter(turn -> turn.person().isEmpty())
                .toList();
        if (gaps.isEmpty()) {
            return List.of(Finding.ok("rota " + name, "somebody is on call at all times in the next 30 days"));
        }
        String times = gaps.stream()
                .limit(MOST_GAPS)
                .map(gap -> time.format(gap.from()) + " to " + time.format(gap.to()))
                .collect(Collectors.joining(", "));
        return List.of(Finding.note(
                "rota " + name,
                "nobody is on call from " + times
                        + (gaps.size() > MOST_GAPS ? ", and " + (gaps.size() - MOST_GAPS) + " times more" : "")));
    }
}
