package dev.mackerelredmine.store;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.mackerel.NotificationReader;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that keeps the posts of many clients, each one after the other, and is killed (kill -9) in the midst of it, again and again on
 * one store. {@code -Dkills=1000} makes it as often as that, and then says how many kills came between a commit and an answer.
 */
@Tag("service")
final class GroupCommitCrashTest {

    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final int CLIENTS = 16;
    private static final int MOST_ANSWERS = 400;
    private static final int A_REPORT = 100;

    @TempDir
    Path folder;

    private int allAnswered;
    private int betweenCommitAndAnswer;
    private int unanswered;

    @Test
    void what_was_answered_is_there_once_and_in_order() throws Exception {
        try (Store store = store(file())) {
            store.open();
        }
        Random random = new Random();
        for (int life = 0; life < KILLS; life++) {
            Map<String, Integer> answered = answersBeforeDeath(life, random.nextInt(MOST_ANSWERS));

            Map<String, List<String>> kept = kept(life);

            assertThat(kept.keySet()).containsAll(answered.keySet());
            kept.forEach((client, posts) -> {
                int answers = answered.getOrDefault(client, 0);
                assertThat(posts)
                        .as("of %s, which had %d answers", client, answers)
                        .hasSizeBetween(answers, answers + 1)
                        .isEqualTo(IntStream.rangeClosed(1, posts.size())
                                .mapToObj(Integer::toString)
                                .toList());
            });
            report(life + 1, answered, kept);
        }
    }

    private void report(int kills, Map<String, Integer> answered, Map<String, List<String>> kept) {
        int answers = answered.values().stream().mapToInt(Integer::intValue).sum();
        int posts = kept.values().stream().mapToInt(List::size).sum();
        allAnswered += answers;
        unanswered += posts - answers;
        betweenCommitAndAnswer += posts > answers ? 1 : 0;
        if (kills % A_REPORT == 0) {
            System.out.printf(
                    "%d kills, %d of them between a commit and its answers; %d posts answered, all of them kept; %d kept and not answered%n",
                    kills, betweenCommitAndAnswer, allAnswered, unanswered);
        }
    }

    private Path file() {
        return folder.resolve("store.db");
    }

    private static Store store(Path file) {
        StoreOptions options = new StoreOptions(
                StoreAddress.of("jdbc:sqlite:" + file),
                "redmine",
                false,
                new Backoff(Duration.ofMinutes(1), Duration.ofHours(1)),
                Duration.ofMinutes(5));
        return new Store(options, new NotificationReader());
    }

    /** How many answers each client had. */
    private Map<String, Integer> answersBeforeDeath(int life, int answers) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path").replaceFirst(File.pathSeparator + "$", ""),
                        GroupCommitCrashTest.class.getName(),
                        file().toString(),
                        Integer.toString(life))
                .redirectError(folder.resolve("errors").toFile())
                .start();
        Map<String, Integer> answered = new TreeMap<>();
        try (BufferedReader lines = process.inputReader()) {
            int read = 0;
            for (String client = lines.readLine(); client != null; client = lines.readLine()) {
                answered.merge(client, 1, Integer::sum);
                if (++read > answers) {
                    process.toHandle().destroyForcibly(); // and its output can still be read
                }
            }
        }
        process.waitFor();
        assertThat(answered).as("it ran").isNotEmpty();
        return answered;
    }

    /** The numbers of each client's posts, in the order of the problem's events. */
    private Map<String, List<String>> kept(int life) throws SQLException {
        return new TestDatabase("jdbc:sqlite:" + file(), null, null)
                        .found(
                                "SELECT alert_key FROM event JOIN alert ON alert.id = event.alert_id WHERE alert_key LIKE '"
                                        + life + "/%' ORDER BY event.problem_id, event.seq")
                        .stream()
                        .map(key -> key.split("/"))
                        .collect(Collectors.groupingBy(
                                part -> part[1],
                                TreeMap::new,
                                Collectors.mapping(part -> part[2], Collectors.toList())));
    }

    /** The process: prints the client's number after each answer. */
    public static void main(String[] arguments) throws Exception {
        Store store = store(Path.of(arguments[0]));
        store.openToCopy(); // which is the quickest way, as there are tables
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String client = Integer.toString(i);
            clients.add(new Thread(() -> {
                for (int post = 1; ; post++) {
                    String alert = arguments[1] + "/" + client + "/" + post;
                    store.inbox()
                            .keep(
                                    critical()
                                            .id(alert)
                                            .monitor(arguments[1] + "/" + client)
                                            .notification(),
                                    null);
                    System.out.println(client);
                }
            }));
        }
        clients.forEach(Thread::start);
    }
}
