package dev.mackerelredmine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Posts that come in at the same time, and how they get to disk. */
abstract class GroupCommitContract {

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final List<String> written = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstBegan = new CountDownLatch(1);
    private final CountDownLatch firstGoesOn = new CountDownLatch(1);

    private TestDatabase place;
    private Database database;
    private HousekeepingSql sql;
    private GroupCommit posts;

    /** An empty one. */
    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        place = database();
        database = new Database(place.address());
        database.migrate();
        sql = database.sql(HousekeepingSql.class);
        posts = new GroupCommit(database, Duration.ofMinutes(1));
    }

    @AfterEach
    void close() throws Exception {
        firstGoesOn.countDown();
        clients.shutdown();
        assertThat(clients.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        database.close();
        place.drop();
    }

    /** Its answer is the name of the thread that wrote it: one thread writes one group here. */
    private String write(String post, long size) {
        return posts.write(size, () -> {
            insert(post);
            return Thread.currentThread().getName();
        });
    }

    private void insert(String post) {
        written.add(post);
        sql.raiseNotice("test", post, 0, 0, 0);
    }

    /** A post that is being written until {@code firstGoesOn}. */
    private Future<String> writeFirst() throws Exception {
        Future<String> first = clients.submit(() -> posts.write(1, () -> {
            insert("first");
            firstBegan.countDown();
            awaitUninterrupted(firstGoesOn);
            return Thread.currentThread().getName();
        }));
        firstBegan.await();
        return first;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Posts that wait, in this order: 0, 1, 2 … */
    private List<Future<String>> queue(int count, long size) {
        List<Future<String>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String post = Integer.toString(i);
            all.add(queue(() -> write(post, size)));
        }
        return all;
    }

    private Future<String> queue(Callable<String> post) {
        int before = posts.waiting();
        Future<String> queued = clients.submit(post);
        await().until(() -> posts.waiting() > before);
        return queued;
    }

    private static List<String> answers(List<Future<String>> all) throws Exception {
        List<String> answers = new ArrayList<>();
        for (Future<String> one : all) {
            answers.add(one.get());
        }
        return answers;
    }

    private List<String> onDisk() throws SQLException {
        return place.found("SELECT kind FROM notice ORDER BY kind");
    }

    @Test
    void a_post_that_finds_nobody_writing_is_written_by_its_own_thread() throws Exception {
        assertThat(write("alone", 1)).isEqualTo(Thread.currentThread().getName());
        assertThat(onDisk()).containsExactly("alone");
    }

    @Test
    void posts_that_come_while_one_is_written_are_written_in_one_transaction_in_the_order_in_which_they_came()
            throws Exception {
        Future<String> first = writeFirst();
        List<Future<String>> others = queue(10, 100);
        assertThat(onDisk()).as("nothing is answered before it is on disk").isEmpty();
        assertThat(others).noneMatch(Future::isDone);

        firstGoesOn.countDown();

        assertThat(answers(others)).containsOnly(others.get(0).get()).doesNotContain(first.get());
        assertThat(written).containsExactly("first", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(onDisk()).hasSize(11);
    }

    @Test
    void a_transaction_takes_64_posts_at_most() throws Exception {
        writeFirst();
        List<Future<String>> others = queue(70, 1);

        firstGoesOn.countDown();

        assertThat(answers(others).subList(0, 64)).containsOnly(others.get(0).get());
        assertThat(answers(others).subList(64, 70)).containsOnly(others.get(64).get());
    }

    @Test
    void a_transaction_takes_4_million_characters_at_most_and_a_larger_post_has_one_of_its_own() throws Exception {
        writeFirst();
        List<Future<String>> others = queue(5, 2_000_000);
        others.add(queue(() -> write("large", 5_000_000)));

        firstGoesOn.countDown();

        List<String> writers = answers(others);
        assertThat(writers.get(1)).isEqualTo(writers.get(0)).isNotEqualTo(writers.get(2));
        assertThat(writers.get(3)).isEqualTo(writers.get(2)).isNotEqualTo(writers.get(4));
        assertThat(writers.get(5)).isNotEqualTo(writers.get(4));
    }

    @Test
    void a_bad_post_is_undone_and_fails_alone() throws Exception {
        writeFirst();
        List<Future<String>> good = queue(2, 1);
        Future<String> throwing = queue(() -> posts.write(1, () -> {
            insert("throwing");
            throw new IllegalArgumentException("deleted at this moment");
        }));
        Future<String> refused = queue(() -> posts.write(1, () -> {
            insert("refused by the database");
            sql.addAction("test", "steps", -1, 1, "of an alert that is not there", 1, 1);
            return null;
        }));
        good.add(queue(() -> write("last", 1)));

        firstGoesOn.countDown();

        assertThat(answers(good)).containsOnly(good.get(0).get());
        assertThatThrownBy(throwing::get)
                .hasCauseInstanceOf(StoreException.class)
                .hasMessageContaining("deleted at this moment");
        assertThatThrownBy(refused::get)
                .hasCauseInstanceOf(StoreException.class)
                .hasMessageContainingAll("foreign key");
        assertThat(onDisk()).containsExactly("0", "1", "first", "last");
    }

    @Test
    void each_post_of_a_transaction_that_fails_gets_the_error() throws Exception {
        writeFirst();
        List<Future<String>> others = queue(3, 1);
        others.add(queue(() -> posts.write(1, () -> {
            sql.getHandle().execute("ROLLBACK"); // as SQLite does by itself when the disk fails
            throw new IllegalStateException("the disk failed");
        })));

        firstGoesOn.countDown();

        assertThat(others)
                .allSatisfy(post -> assertThatThrownBy(post::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(StoreException.class));
        assertThat(onDisk()).containsExactly("first");
        assertThat(write("next", 1)).isEqualTo(Thread.currentThread().getName());
    }

    @Test
    void a_post_is_refused_at_once_when_32_million_characters_wait() throws Exception {
        writeFirst();
        List<Future<String>> others = queue(32, 1_000_000);

        assertThatThrownBy(() -> write("too much", 1))
                .isInstanceOf(StoreException.class)
                .hasMessage("the store is busy: too much waits to be written");

        firstGoesOn.countDown();
        answers(others);
        write("when there is room again", 1);
        assertThat(onDisk()).hasSize(34).doesNotContain("too much");
    }

    @Test
    void a_post_whose_turn_does_not_come_in_time_is_refused_and_not_written_later() throws Exception {
        posts = new GroupCommit(database, Duration.ofMillis(100));
        Future<String> first = writeFirst();

        assertThatThrownBy(() -> write("too late", 1))
                .isInstanceOf(StoreException.class)
                .hasMessage("the store is busy: what is being written takes too long");

        firstGoesOn.countDown();
        first.get(); // however long its commit takes: the next one need not wait for it
        write("next", 1);
        assertThat(onDisk()).containsExactly("first", "next");
    }

    @Test
    void a_post_whose_thread_is_interrupted_is_refused_and_not_written_later() throws Exception {
        writeFirst();
        Future<String> interrupted = clients.submit(() -> {
            Thread.currentThread().interrupt();
            try {
                return write("interrupted", 1);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        });

        assertThatThrownBy(interrupted::get).hasCauseInstanceOf(StoreException.class);

        firstGoesOn.countDown();
        write("next", 1);
        assertThat(onDisk()).containsExactly("first", "next");
    }

    @Test
    void closing_refuses_the_posts_that_wait_and_those_that_come_and_finishes_the_one_that_is_written()
            throws Exception {
        Future<String> first = writeFirst();
        List<Future<String>> others = queue(3, 1);

        Future<?> closing = clients.submit(posts::close);

        assertThat(others)
                .allSatisfy(post -> assertThatThrownBy(post::get).hasMessageContaining("the store is closed"));
        assertThatThrownBy(() -> write("later", 1)).hasMessage("the store is closed");
        assertThat(closing.isDone()).isFalse();
        firstGoesOn.countDown();
        closing.get();
        first.get();
        assertThat(onDisk()).containsExactly("first");
    }

    /** Among 32 clients that post without a pause, as long as it takes. */
    @Test
    void deliveries_have_their_turn_between_two_groups() throws Exception {
        AtomicInteger deliveries = new AtomicInteger();
        AtomicInteger groups = new AtomicInteger();
        List<Future<?>> posting = new ArrayList<>();
        for (int client = 0; client < 32; client++) {
            String name = client + "/";
            posting.add(clients.submit(() -> {
                String thread = Thread.currentThread().getName();
                for (int i = 0; deliveries.get() < 200; i++) {
                    // The thread of one post of each group writes it.
                    if (write(name + i, 1).equals(thread)) {
                        groups.incrementAndGet();
                    }
                }
            }));
        }
        List<Future<?>> delivering = IntStream.range(0, 2)
                .<Future<?>>mapToObj(worker -> clients.submit(() -> {
                    while (deliveries.incrementAndGet() < 200) {
                        database.inTransaction(() -> sql.tryToWrite(1));
                    }
                }))
                .toList();
        for (Future<?> one : delivering) {
            one.get();
        }
        for (Future<?> one : posting) {
            one.get();
        }

        assertThat(groups).as("groups beside 200 commits of deliveries").hasValueLessThan(400);
        assertThat(onDisk()).hasSize(written.size());
    }
}
