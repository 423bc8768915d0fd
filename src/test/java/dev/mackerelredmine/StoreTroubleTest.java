package dev.mackerelredmine;

import static dev.mackerelredmine.DeliverTest.deliveringTo;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.fakeredmine.FakeIssue;
import dev.mackerelredmine.fakeredmine.FakeRedmine;
import dev.mackerelredmine.redmine.LoggedErrors;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a service does while its store, a file, cannot be used: it takes nothing that it could lose. */
@Tag("service")
final class StoreTroubleTest {

    private static final String STORE = "dev.mackerelredmine.store.Availability";

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @TempDir
    Path folder;

    private final AtomicInteger posts = new AtomicInteger();

    private static HttpResponse<String> post(RunningService service, String alert) throws Exception {
        return service.post(critical().id(alert).monitor(alert).bytes());
    }

    /** The next alerts, until one is answered with this; those that were answered with 202 are added. */
    private HttpResponse<String> postUntil(int status, RunningService service, List<String> taken) throws Exception {
        while (true) {
            String alert = "A" + posts.incrementAndGet();
            HttpResponse<String> answer = post(service, alert);
            if (answer.statusCode() == 202) {
                taken.add("CRITICAL: web1 " + alert);
            }
            if (answer.statusCode() == status) {
                return answer;
            }
            assertThat(posts).hasValueLessThan(1000);
        }
    }

    @Test
    void refuses_posts_while_the_disk_is_full_and_loses_none_that_it_took() throws Exception {
        List<String> taken = new ArrayList<>();
        try (SmallDisk disk = new SmallDisk(folder);
                RunningService service = deliveringTo(redmine, disk.folder()).start();
                LoggedErrors log = LoggedErrors.of(STORE, Level.INFO)) {
            postUntil(202, service, taken);
            disk.fill();

            HttpResponse<String> refused = postUntil(503, service, taken);
            post(service, "refusedToo");

            assertThat(refused.headers().firstValue("Retry-After")).contains("30");
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(log.messages())
                    .containsExactly("The store cannot be used, so posts are refused and nothing is delivered: "
                            + "the disk is full: make room for " + disk.folder().resolve("data/store.db")
                            + ", and it goes on by itself.");

            disk.makeRoom();
            postUntil(202, service, taken);
            await().atMost(Duration.ofSeconds(15)).until(service::isIdle);

            assertThat(redmine.issues()).extracting(FakeIssue::subject).containsExactlyInAnyOrderElementsOf(taken);
            assertThat(log.messages()).hasSize(2).last().asString().startsWith("The store can be used again, after ");
        }
    }

    @Test
    void refuses_posts_while_the_disk_writes_nothing_and_goes_on_when_it_does() throws Exception {
        try (ServiceProcess service = new ServiceProcess(folder).start().untilItRuns()) {
            Path log = folder.resolve("data/mackerel-redmine.db-wal");
            for (int i = 0; Files.size(log) < 300_000; i++) {
                assertThat(service.post(critical().id("A" + i).bytes()).statusCode())
                        .isEqualTo(202);
            }
            service.limitFilesTo("200000");

            assertThat(service.post(critical().id("B").bytes()).statusCode()).isEqualTo(503);
            assertThat(service.output()).contains("the disk cannot write or read", "look after the disk");

            service.limitFilesTo("unlimited");
            assertThat(service.post(critical().id("C").bytes()).statusCode()).isEqualTo(202);
        }
    }

    @Test
    void refuses_posts_when_it_finds_its_file_damaged_and_says_what_to_do() throws Exception {
        try (RunningService service = deliveringTo(redmine, folder).start();
                LoggedErrors log = LoggedErrors.of(STORE)) {
            post(service, "A1");
            await().until(service::isIdle);
            Path file = folder.resolve("data/store.db");
            service.execute("UPDATE problem SET tries = tries"); // so that the service reads all anew
            service.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            damage(file);

            assertThat(post(service, "A2").statusCode()).isEqualTo(503);
            assertThat(log.messages())
                    .isNotEmpty()
                    .allSatisfy(message ->
                            assertThat(message).contains(file + " is damaged (", "put a backup in its place"));
        }
    }

    @Test
    void ends_with_two_where_its_file_is_damaged_and_leaves_the_file_as_it_is() throws Exception {
        try (ServiceProcess service = new ServiceProcess(folder).start().untilItRuns()) {
            service.post(critical().bytes());
        }
        Path file = folder.resolve("data/mackerel-redmine.db");
        damage(file);
        byte[] damaged = Files.readAllBytes(file);

        ServiceProcess again = new ServiceProcess(folder).start();

        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.output())
                .contains("mackerel-redmine cannot start:", file + " is damaged (", "put a backup in its place")
                .doesNotContain("Exception", "ERROR");
        assertThat(file).hasBinaryContent(damaged);
    }

    /** All but the first page, by which it is known for a database. */
    private static void damage(Path file) throws Exception {
        try (RandomAccessFile pages = new RandomAccessFile(file.toFile(), "rw")) {
            pages.seek(4096);
            pages.write("damaged ".repeat((int) (pages.length() - 4096) / 8).getBytes());
        }
    }
}
