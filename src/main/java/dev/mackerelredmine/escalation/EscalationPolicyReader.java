package dev.mackerelredmine.escalation;

import dev.mackerelredmine.settings.NearestName;
import dev.mackerelredmine.ticket.policy.OfficeHours;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one policy. */
final class EscalationPolicyReader {

    private static final List<String> OF_POLICY = List.of("hours", "steps", "repeat", "repeat-after", "again-after");
    private static final List<String> OF_STEP = List.of("at", "notify", "by");

    private static final String ALWAYS = "always";
    private static final String ROTA = "rota ";
    private static final String GROUP = "group ";
    private static final int MOST_ROUNDS = 100;
    private static final Duration REPEAT_AFTER = Duration.ofMinutes(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private final Set<String> rotas;
    private final Set<String> means;
    private final YamlTexts texts;
    private final YamlValues values;
    private final Mistakes mistakes;

    EscalationPolicyReader(
            Set<String> rotas, Set<String> means, YamlTexts texts, YamlValues values, Mistakes mistakes) {
        this.rotas = rotas;
        this.means = means;
        this.texts = texts;
        this.values = values;
        this.mistakes = mistakes;
    }

    /** What is wrong with it is among the mistakes. */
    EscalationPolicy read(String name, Node node) {
        YamlMap policy = YamlMap.of("the policy " + name, node, OF_POLICY, mistakes);
        return new EscalationPolicy(
                name,
                policy.value("hours").flatMap(this::hours).orElse(null),
                policy.required("steps", "[{at: 0m, notify: Hanako Yamada, by: mail}]")
                        .map(steps -> steps(name, steps))
                        .orElse(List.of()),
                policy.value("repeat")
                        .flatMap(repeat -> values.number("repeat", repeat, MOST_ROUNDS))
                        .orElse(0),
                pause(policy, "repeat-after").orElse(REPEAT_AFTER),
                pause(policy, "again-after").orElse(null));
    }

    private Optional<Duration> pause(YamlMap policy, String key) {
        return policy.value(key).flatMap(node -> values.duration(key, node, SHORTEST_PAUSE));
    }

    private Optional<String> hours(Node node) {
        return texts.text("hours", node)
                .filter(text -> !text.value().equals(ALWAYS))
                .flatMap(text -> {
                    try {
                        OfficeHours.require(text.value());
                        return Optional.of(text.value());
                    } catch (IllegalArgumentException e) {
                        mistakes.add(
                                text.line(),
                                "hours are written as always or as Mon-Fri 09:00-18:00 Asia/Tokyo, not as " + text
                                        + (text.mayBeShown() && e.getCause() != null
                                                ? " (" + e.getCause().getMessage() + ")"
                                                : ""));
                        return Optional.empty();
                    }
                });
    }

    private List<EscalationStep> steps(String policy, Node node) {
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            mistakes.add(
                    node,
                    "steps of the policy " + policy
                            + " has to be a list of at least one step, such as - {at: 0m, notify: Hanako Yamada, by: mail}");
            return List.of();
        }
        List<EscalationStep> steps = new ArrayList<>();
        Duration last = Duration.ZERO;
        for (Node item : list.getValue()) {
            EscalationStep step = step(policy, item, last);
            steps.add(step);
            last = step.at();
        }
        return steps;
    }

    /** @param last of the step before */
    private EscalationStep step(String policy, Node node, Duration last) {
        YamlMap step = YamlMap.of("a step of the policy " + policy, node, OF_STEP, mistakes);
        Optional<Duration> at = step.required("at", "5m").flatMap(it -> values.duration("at", it, Duration.ZERO));
        at.filter(it -> it.compareTo(last) < 0)
                .ifPresent(it -> mistakes.add(
                        step.key("at"),
                        "at is " + Durations.text(it) + ", and that of the step before is " + Durations.text(last)
                                + ": both count from the start, so put the steps in order"));
        List<Target> whom = step.required("notify", "Hanako Yamada").stream()
                .flatMap(it -> texts.texts("notify", it).stream())
                .map(this::target)
                .distinct()
                .toList();
        List<String> by = step.required("by", "[redmine, mail]").stream()
                .flatMap(it -> texts.texts("by", it).stream())
                .peek(this::requireMeans)
                .map(YamlText::value)
                .distinct()
                .toList();
        return new EscalationStep(at.filter(it -> it.compareTo(last) > 0).orElse(last), whom, by);
    }

    private void requireMeans(YamlText named) {
        if (!means.contains(named.value())) {
            mistakes.add(named.line(), unknownMeans(named.written(), means));
        }
    }

    static String unknownMeans(String written, Set<String> means) {
        return "routes/notify.camel.yaml has no means " + written + NearestName.question(written, means)
                + " (There are " + String.join(", ", means.stream().sorted().toList()) + ".)";
    }

    private Target target(YamlText named) {
        String text = named.value();
        if (text.startsWith(ROTA)) {
            String name = text.substring(ROTA.length()).strip();
            if (!rotas.contains(name)) {
                mistakes.add(
                        named.line(),
                        "there is no rota " + (named.mayBeShown() ? name : named) + " under rotas"
                                + (named.mayBeShown() ? NearestName.question(name, rotas) : ""));
            }
            return new Target(Target.Kind.ROTA, name);
        }
        return text.startsWith(GROUP)
                ? new Target(Target.Kind.GROUP, text.substring(GROUP.length()).strip())
                : new Target(Target.Kind.PERSON, text);
    }
}
