package faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is paged, when, and by which policy: two rounds of three steps that follow each other by seconds, and one that reaches nobody. Each
 * critical alert escalates by it.
 */
final class OnCall {

    static final String POLICY = "critical-alerts";

    static final int ROUNDS = 2;

    /** How long the first step waits after a hand-over, for whoever got the ticket. */
    static final Duration HAND_OVER_WAIT = Duration.ofSeconds(5);

    /** From a round's last step to the next round. */
    static final int REPEAT_AFTER = 5;

    /** When a step is due, in seconds after its round's start, and who is paged: one of each set. */
    record Step(int at, List<Set<String>> people) {}

    static final List<Step> STEPS = List.of(
            new Step(0, List.of(Set.of(name("hanako"), name("taro")))),
            new Step(5, List.of(Set.of(name("taro")), Set.of(name("jiro")))),
            new Step(10, List.of()),
            new Step(12, List.of(Set.of(name("jiro")), Set.of(name("hanako")))));

    private static final String FILE = """
            rotas:
              primary: {start: 2026-11-01T00:00, every: 1h, time-zone: Asia/Tokyo, people: [hanako Test, taro Test]}
              later: {start: 2099-01-01T00:00, every: 7d, time-zone: Asia/Tokyo, people: [jiro Test]}
            people:
              hanako Test: {webhook: "%s"}
              taro Test: {webhook: "%s"}
              jiro Test: {webhook: "%s"}
            policies:
              critical-alerts:
                hours: always
                steps:
                  - {at: 0s, notify: rota primary, by: webhook}
                  - {at: 5s, notify: [taro Test, jiro Test], by: webhook}
                  - {at: 10s, notify: rota later, by: webhook}
                  - {at: 12s, notify: [jiro Test, hanako Test], by: webhook}
                repeat: 1
                repeat-after: 5s
            """;

    private static final String ROUTE = """
            - route:
                id: policy
                description: Lets each critical alert escalate
                group: edit
                note: contract 1
                from:
                  uri: direct:policy
                  steps:
                    - filter:
                        simple: "${body.alert.status} == 'critical'"
                        steps:
                          - setVariable: {name: ticket.escalation, constant: critical-alerts}
            """;

    private OnCall() {}

    private static String name(String login) {
        return login + " " + People.LASTNAME;
    }

    static Map<String, String> settings(Path work) {
        return Map.of(
                "ESCALATION_FILE",
                file(work).toString(),
                "ESCALATION_MAX_MESSAGES",
                "100000",
                "ESCALATION_MAX_AGE",
                "0",
                "ESCALATION_HAND_OVER_WAIT",
                HAND_OVER_WAIT.toSeconds() + "s");
    }

    /** One file for all instances. */
    private static Path file(Path work) {
        return work.resolve("escalation.yaml");
    }

    /** What a service needs in addition to its settings. */
    static void put(Chat chat, Path work, Service service) throws IOException {
        Files.writeString(file(work), text(chat));
        service.put("routes/policy.camel.yaml", ROUTE);
    }

    static String text(Chat chat) {
        return String.format(FILE, chat.url("hanako"), chat.url("taro"), chat.url("jiro"));
    }

    /** When a step is due, in milliseconds after the escalation's start. Rounds count from 1, steps from 0. */
    static long due(int round, int step) {
        int last = STEPS.get(STEPS.size() - 1).at();
        return 1000L * ((round - 1) * (last + REPEAT_AFTER) + STEPS.get(step).at());
    }
}
