package faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.EscalationPolicy;
import dev.mackerelredmine.escalation.EscalationReader;
import dev.mackerelredmine.escalation.Recipient;
import dev.mackerelredmine.escalation.Recipients;
import dev.mackerelredmine.escalation.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verdict expects what the file says that the service gets. */
@Tag("fast")
final class OnCallTest {

    @TempDir
    Path work;

    private EscalationFile file;
    private EscalationPolicy policy;

    @BeforeEach
    void reads() throws Exception {
        try (Chat chat = new Chat(1, 0)) {
            Path written = Files.writeString(work.resolve("escalation.yaml"), OnCall.text(chat));
            file = new EscalationReader(text -> text, Set.of("webhook"), rota -> at -> Optional.empty()).read(written);
        }
        policy = file.policies().get(OnCall.POLICY);
    }

    @Test
    void pages_whom_the_file_names() {
        assertThat(policy.steps()).hasSameSizeAs(OnCall.STEPS);
        for (int step = 0; step < OnCall.STEPS.size(); step++) {
            List<String> people = Recipients.of(file, policy.steps().get(step), Instant.now()).recipients().stream()
                    .map(Recipient::person)
                    .toList();

            List<Set<String>> expected = OnCall.STEPS.get(step).people();
            assertThat(people).hasSameSizeAs(expected);
            assertThat(expected).allMatch(oneOf -> people.stream().anyMatch(oneOf::contains));
        }
    }

    @Test
    void pages_when_the_file_says() {
        assertThat(policy.repeat()).isEqualTo(OnCall.ROUNDS - 1);
        for (int round = 1; round <= OnCall.ROUNDS; round++) {
            for (int step = 0; step < OnCall.STEPS.size(); step++) {
                assertThat(Schedule.due(policy, Instant.EPOCH, round, step).toEpochMilli())
                        .isEqualTo(OnCall.due(round, step));
            }
        }
    }
}
