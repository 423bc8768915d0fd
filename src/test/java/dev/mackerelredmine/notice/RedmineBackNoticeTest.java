package dev.mackerelredmine.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.TestAlerts;
import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.store.Backoff;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreAddress;
import dev.mackerelredmine.store.StoreOptions;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.ticket.text.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When it is said that Redmine is back, and what is said of the backlog then. */
@Tag("fast")
final class RedmineBackNoticeTest {

    private static final int MUCH = 60;

    @TempDir
    Path folder;

    private final RedmineBreaker breaker = new RedmineBreaker(Duration.ofMillis(1), Duration.ofMillis(1));
    private Store store;
    private Waiting waiting;
    private OperatorNotices notices;

    @BeforeEach
    void redmineIsAwayAndThatIsSent() throws IOException {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        StoreAddress address = StoreAddress.of("jdbc:sqlite:" + folder.resolve("store.db"));
        store = new Store(
                new StoreOptions(address, "redmine", false, backoff, Duration.ofMinutes(5)), new NotificationReader());
        store.open();
        for (int i = 0; i < MUCH; i++) {
            store.inbox()
                    .keep(
                            TestAlerts.critical()
                                    .id("2bj" + i)
                                    .monitor("CPU " + i)
                                    .notification(),
                            null);
        }
        Texts texts = new Texts(folder.resolve("texts"), "en", "common_mark", text -> text);
        Sentences sentences = new Sentences(texts.words(), ZoneOffset.UTC);
        waiting = new Waiting(new DeliveryRate(store.deliveries(), breaker, 1), sentences);
        notices = new OperatorNotices(store, breaker, new RefusedPosts(), waiting, Duration.ofHours(1));
        breaker.redmineIsAway(new IOException("refused"));
        notices.sent(notices.next());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private void redmineAnswers() {
        await().until(breaker::allowsProbe);
        breaker.redmineAnswers();
    }

    @Test
    void is_sent_with_the_time_by_which_all_is_delivered() {
        redmineAnswers();

        assertThat(notices.next().toString()).startsWith("Redmine is back. ").contains("all of them are delivered by");
    }

    @Test
    void waits_while_it_is_doubted_again_that_redmine_is_there() {
        redmineAnswers();
        breaker.doubt();

        assertThat(notices.next()).isNull();

        redmineAnswers();

        assertThat(notices.next()).extracting(Notice::kind).isEqualTo("redmine-back");
    }

    /** The breaker opens between the poll at it and the poll at the backlog. */
    @Test
    void says_of_the_backlog_what_held_when_redmine_was_looked_at() {
        assertThat(waiting.said(true)).contains("all of them are delivered by");
        assertThat(waiting.said(false)).endsWith("is not known while Redmine is away.");
    }
}
