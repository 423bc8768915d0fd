package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many large posts at once in little memory: each is kept, or answered with 503; none is lost. */
@Tag("service")
class LargePostsTest {

    private static final int POSTS = 40;
    private static final int BYTES = 900_000;

    @TempDir
    Path folder;

    @Test
    void are_kept_or_refused() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(POSTS);
        try (ServiceProcess service = new ServiceProcess(
                        folder,
                        List.of(
                                "-Dfile.encoding=UTF-8",
                                "-XX:+UseSerialGC",
                                "-Xmx96m",
                                "-Xss512k",
                                "-XX:+ExitOnOutOfMemoryError"))
                .start()
                .untilItRuns()) {
            List<Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < POSTS; i++) {
                byte[] post = critical().id("2bj" + i).memo("x".repeat(BYTES)).bytes();
                sent.add(senders.submit(() -> service.post(post).statusCode()));
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> one : sent) {
                answers.add(one.get());
            }

            System.out.println(
                    "kept: " + answers.stream().filter(status -> status == 202).count());
            assertThat(answers).isSubsetOf(202, 503);
            assertThat(kept())
                    .isEqualTo(answers.stream().filter(status -> status == 202).count());
        } finally {
            senders.shutdownNow();
        }
    }

    private long kept() throws Exception {
        try (Connection store =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/mackerel-redmine.db"));
                ResultSet events = store.createStatement().executeQuery("SELECT COUNT(*) FROM event")) {
            return events.getLong(1);
        }
    }
}
