package faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each tampering with the record of pages is seen. */
@Tag("fast")
final class ProofOnPagesTest {

    @Test
    void holds_when_the_verdict_sees_each_of_eleven_tamperings() {
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        boolean holds;
        try {
            holds = new ProofOnPages(Paged.record(), List.of(VerdictOnEscalationsTest.ticket(42, "CRITICAL | t1c1")))
                    .holds();
        } finally {
            System.setOut(console);
        }

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .hasSize(11)
                .allMatch(line -> line.startsWith("seen: "));
        assertThat(holds).isTrue();
    }
}
