package faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import faults.Chat.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each answer of the chat server does on the wire what its words say, and is written down. */
@Tag("fast")
final class ChatTest {

    private static final Duration TIME_OUT = Duration.ofMillis(300);
    private static final int PAGES = 20_000;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void writes_down_a_page_that_it_takes() throws Exception {
        try (Chat chat = new Chat(1, 0, TIME_OUT)) {
            assertThat(send(chat).statusCode()).isEqualTo(200);

            Received page = only(chat);
            assertThat(page.id()).isEqualTo("page-7");
            assertThat(page.to()).isEqualTo("hanako");
            assertThat(page.body()).isEqualTo("{\"text\":\"発生\"}");
            assertThat(page.answer()).isEqualTo(ChatAnswer.TAKEN);
            assertThat(page.answered()).isAfterOrEqualTo(page.at());
            assertThat(chat.answers()).isEqualTo(Map.of(ChatAnswer.TAKEN, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"SLOW", "REFUSED_500", "REFUSED_429", "REFUSED_403"})
    void answers_in_time(ChatAnswer answer) throws Exception {
        try (Chat chat = that(answer)) {
            assertThat(send(chat).statusCode()).isEqualTo(answer.status);
            assertThat(only(chat).answer()).isEqualTo(answer);
        }
    }

    @Test
    void takes_a_page_of_which_the_service_cannot_know() throws Exception {
        try (Chat chat = that(ChatAnswer.LATE)) {
            assertThatThrownBy(() -> send(chat)).isInstanceOf(HttpTimeoutException.class);

            assertThat(Duration.between(only(chat).at(), only(chat).answered())).isGreaterThan(TIME_OUT);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"DROPPED_BEFORE", "DROPPED_AFTER"})
    void drops_the_connection(ChatAnswer answer) throws Exception {
        try (Chat chat = that(answer)) {
            assertThatThrownBy(() -> send(chat)).isInstanceOf(IOException.class);

            assertThat(only(chat).id()).isEqualTo("page-7");
            assertThat(only(chat).body().isEmpty()).isEqualTo(answer == ChatAnswer.DROPPED_BEFORE);
        }
    }

    @Test
    void takes_all_once_it_is_healed() throws Exception {
        try (Chat chat = that(ChatAnswer.REFUSED_500)) {
            chat.heal();

            assertThat(send(chat).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void draws_each_answer_and_as_many_faults_as_the_rate_says() {
        Map<ChatAnswer, Integer> drawn = new EnumMap<>(ChatAnswer.class);
        for (int number = 1; number <= PAGES; number++) {
            drawn.merge(ChatAnswer.of(Proxy.random(1, number), 0.25), 1, Integer::sum);
        }

        assertThat(drawn).containsOnlyKeys(ChatAnswer.values());
        assertThat(drawn.get(ChatAnswer.TAKEN)).isBetween(14_600, 15_400);
    }

    /** A chat server whose first answer is this one. */
    private static Chat that(ChatAnswer answer) throws IOException {
        long seed = LongStream.iterate(1, each -> each + 1)
                .filter(each -> ChatAnswer.of(Proxy.random(each + 3, 1), 1) == answer)
                .findFirst()
                .orElseThrow();
        return new Chat(seed, 1, TIME_OUT);
    }

    private HttpResponse<Void> send(Chat chat) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(chat.url("hanako")))
                .timeout(TIME_OUT)
                .header("webhook-id", "page-7")
                .POST(BodyPublishers.ofString("{\"text\":\"発生\"}"))
                .build();
        return client.send(request, BodyHandlers.discarding());
    }

    private static Received only(Chat chat) {
        await().until(() -> chat.isQuiet() && !chat.received().isEmpty());
        assertThat(chat.received()).hasSize(1);
        return chat.received().get(0);
    }
}
