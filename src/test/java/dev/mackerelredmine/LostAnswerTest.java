package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.redmine.RealRedmine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What FakeRedmine plays in DeliverTest, with the real Redmine behind a line that loses answers. */
@Tag("service")
class LostAnswerTest {

    @TempDir
    Path folder;

    private RealRedmine redmine;

    @BeforeEach
    void findRedmine() throws IOException {
        redmine = RealRedmine.find();
    }

    @Test
    void makes_one_ticket_when_the_answer_to_its_creation_is_lost() throws Exception {
        String id = "2bjLost" + System.nanoTime();
        try (Line line = new Line(redmine.url());
                RunningService service = new RunningService(folder)
                        .withSharedRedmine()
                        .with("redmine.url", line.url())
                        .with("redmine.apikey", redmine.id("key_bot"))
                        .with("redmine.project", "alert")
                        .with("redmine.settle-time", "2s")
                        .start()) {
            line.loseAnswers(2);
            service.post(critical().id(id).monitor(id).bytes());
            await().atMost(Duration.ofSeconds(30)).until(service::isIdle);

            assertThat(line.lost()).isPositive();
        }
        assertThat(redmine.countBySubject(id)).isOne();
    }
}
