package faults;

import static faults.Wire.End.CLOSED;
import static faults.Wire.End.GIVEN_UP;
import static faults.Wire.End.RESET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import faults.SmallRedmine.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault does on the wire what its words say, to Redmine and to who asks. */
@Tag("fast")
final class ProxyTest {

    private static final Duration TIME_OUT = Duration.ofMillis(200);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final String NOTE = Wire.request("PUT", "/issues/7.json", "{\"issue\":{\"notes\":\"発生\"}}");
    private static final String CREATION = Wire.request("POST", "/issues.json", "{\"issue\":{}}");
    private static final Answer DONE = new Answer(201, "{\"issue\":{\"id\":7,\"subject\":\"CRITICAL: web1\"}}");

    private SmallRedmine redmine;

    @BeforeEach
    void starts() throws IOException {
        redmine = new SmallRedmine(asked -> DONE);
    }

    @AfterEach
    void stops() {
        redmine.close();
    }

    @Test
    void passes_on_what_gets_no_fault() throws Exception {
        try (Proxy proxy = new Proxy(1, 0, redmine.port())) {
            Wire answer = Wire.send(proxy.port(), NOTE, LONG);

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo(DONE.body());
            assertThat(redmine.asked()).hasSize(1).first().satisfies(asked -> {
                assertThat(asked.method()).isEqualTo("PUT");
                assertThat(asked.path()).isEqualTo("/issues/7.json");
                assertThat(asked.key()).isEqualTo("key");
                assertThat(asked.body()).isEqualTo("{\"issue\":{\"notes\":\"発生\"}}");
            });
            assertThat(entry(proxy))
                    .hasToString(entry(proxy).at() + " #1 PUT /issues/7.json: passed on, Redmine says 201, "
                            + entry(proxy).millis() + " ms");
            assertThat(proxy.faults()).isEmpty();
        }
    }

    @Test
    void drops_a_request_before_redmine_has_it() throws Exception {
        Wire answer = inject(Fault.DROPPED_BEFORE);

        assertThat(answer.end()).isEqualTo(RESET);
        assertThat(answer.answer()).isEmpty();
        assertThat(redmine.asked()).isEmpty();
    }

    @Test
    void drops_the_connection_after_redmine_did_it() throws Exception {
        Wire answer = inject(Fault.DROPPED_AFTER);

        assertThat(answer.end()).isEqualTo(RESET);
        assertThat(answer.answer()).isEmpty();
        assertThat(redmine.asked()).hasSize(1);
    }

    @Test
    void asks_redmine_only_after_the_service_has_given_up() throws Exception {
        Wire answer = inject(Fault.LATE);

        assertThat(answer.answer()).isEmpty();
        assertThat(redmine.asked()).hasSize(1);
        assertThat(redmine.asked().get(0).at()).isAfter(answer.sent().plus(TIME_OUT));
    }

    @Test
    void answers_only_after_the_service_has_given_up() throws Exception {
        Wire answer = inject(Fault.SLOW);

        assertThat(redmine.asked()).hasSize(1);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.took()).isGreaterThan(TIME_OUT);
        assertThat(redmine.asked().get(0).at())
                .as("Redmine is not late itself")
                .isBefore(answer.sent().plus(answer.took()).minus(TIME_OUT));
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED_500", "REFUSED_502", "REFUSED_503", "TOO_MANY_429", "CONFLICT_422", "NOTHING_204"})
    void answers_instead_of_redmine(Fault fault) throws Exception {
        Wire answer = inject(fault);

        assertThat(answer.status()).isEqualTo(Integer.parseInt(fault.name().replaceAll("\\D", "")));
        assertThat(answer.end()).isEqualTo(CLOSED);
        assertThat(redmine.asked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE_500", "DONE_504"})
    void answers_with_an_error_although_redmine_did_it(Fault fault) throws Exception {
        Wire answer = inject(fault);

        assertThat(answer.status()).isEqualTo(Integer.parseInt(fault.name().replaceAll("\\D", "")));
        assertThat(answer.body()).isEmpty();
        assertThat(redmine.asked()).hasSize(1);
    }

    @Test
    void answers_502_while_redmine_still_does_it() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (SmallRedmine busy = new SmallRedmine(asked -> {
            try {
                answered.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return DONE;
        })) {
            try (Proxy proxy = proxy(Fault.RUNS_ON_502, busy.port())) {
                assertThat(Wire.send(proxy.port(), NOTE, LONG).status()).isEqualTo(502);
                assertThat(proxy.isQuiet()).isFalse();
                answered.countDown();

                assertThat(entry(proxy).outcome()).isEqualTo("Redmine says 201");
                assertThat(busy.asked()).hasSize(1);
            }
        }
    }

    @Test
    void says_by_some_refusals_when_to_come_again() throws Exception {
        assertThat(heads(Fault.REFUSED_503, "Retry-After: .*")).containsExactlyInAnyOrder("", "Retry-After: 1");
        assertThat(heads(Fault.TOO_MANY_429, "Retry-After: .*")).containsExactlyInAnyOrder("", "Retry-After: 2");
    }

    @Test
    void cuts_an_answer_off_in_its_midst() throws Exception {
        String whole = Wire.send(redmine.port(), NOTE.replace("keep-alive", "close"), LONG)
                .answer();

        Wire answer = inject(Fault.CUT);

        assertThat(answer.end()).isEqualTo(RESET);
        assertThat(answer.answer()).hasSizeBetween(whole.length() / 2, whole.length() - 1);
        assertThat(redmine.asked()).hasSize(2);
    }

    @Test
    void trickles_an_answer_until_the_service_gives_up() throws Exception {
        try (Proxy proxy = proxy(Fault.TRICKLED, redmine.port())) {
            Wire answer = Wire.send(proxy.port(), NOTE, TIME_OUT.multipliedBy(3));

            assertThat(answer.end()).isEqualTo(GIVEN_UP);
            // One at once, and one more each fifteenth of a time-out.
            assertThat(answer.answer()).hasSizeBetween(1, 1 + 3 * 15);
            assertThat(redmine.asked()).hasSize(1);
            assertThat(entry(proxy).outcome()).startsWith("we were gone: ");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAGE_200", "PAGE_4XX", "DONE_PAGE_200", "DONE_PAGE_4XX"})
    void shows_a_login_page(Fault fault) throws Exception {
        Wire answer = inject(fault);

        assertThat(answer.head()).contains("Content-Type: text/html");
        assertThat(answer.body()).startsWith("<!DOCTYPE html>").contains("Sign in");
        assertThat(redmine.asked()).hasSize(fault.name().startsWith("DONE") ? 1 : 0);
    }

    @Test
    void answers_a_page_with_any_status_that_is_not_tried_again() throws Exception {
        assertThat(heads(Fault.PAGE_200, "HTTP.*")).containsExactly("HTTP/1.1 200 Fault");
        assertThat(heads(Fault.DONE_PAGE_200, "HTTP.*")).containsExactly("HTTP/1.1 200 Fault");
        for (Fault fault : List.of(Fault.PAGE_4XX, Fault.DONE_PAGE_4XX)) {
            assertThat(heads(fault, "HTTP.*"))
                    .containsExactly(
                            "HTTP/1.1 400 Fault",
                            "HTTP/1.1 401 Fault",
                            "HTTP/1.1 403 Fault",
                            "HTTP/1.1 404 Fault",
                            "HTTP/1.1 413 Fault",
                            "HTTP/1.1 422 Fault");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REDIRECTED", "DONE_REDIRECTED"})
    void redirects_to_another_server(Fault fault) throws Exception {
        Wire answer = inject(fault);

        assertThat(answer.status()).isIn(302, 308);
        assertThat(answer.head()).contains("Location: https://login.example/");
        assertThat(redmine.asked()).hasSize(fault.name().startsWith("DONE") ? 1 : 0);
        assertThat(heads(fault, "HTTP.*")).containsExactly("HTTP/1.1 302 Fault", "HTTP/1.1 308 Fault");
    }

    @Test
    void is_a_502_or_a_dropped_connection_while_redmine_is_away() throws Exception {
        redmine.close();
        Set<String> answers = new TreeSet<>();
        for (int seed = 0; seed < 20; seed++) {
            try (Proxy proxy = new Proxy(seed, 0, redmine.port())) {
                Wire answer = Wire.send(proxy.port(), NOTE, LONG);
                answers.add(answer.status() + " " + answer.end());
                assertThat(entry(proxy).outcome()).isEqualTo("Redmine is away");
            }
        }
        assertThat(answers).containsExactly("0 RESET", "502 CLOSED");
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "DROPPED_AFTER", "SLOW", "TRICKLED", "DONE_500", "LATE"})
    void says_that_redmine_was_away_where_it_could_not_do_it(Fault fault) throws Exception {
        redmine.close();
        try (Proxy proxy = proxy(fault, redmine.port())) {
            Wire.send(proxy.port(), request(fault), LONG);

            assertThat(entry(proxy).outcome()).isEqualTo("Redmine is away");
        }
    }

    @Test
    void injects_the_same_faults_into_the_same_requests_for_the_same_seed() throws Exception {
        List<Fault> faults = faultsOf(11);

        assertThat(faultsOf(11)).isEqualTo(faults);
        assertThat(faultsOf(12)).isNotEqualTo(faults);
    }

    @Test
    void counts_each_fault() throws Exception {
        try (Proxy proxy = proxy(Fault.REFUSED_500, redmine.port())) {
            Wire.send(proxy.port(), NOTE, LONG);

            assertThat(entry(proxy).fault()).isEqualTo(Fault.REFUSED_500);
            assertThat(proxy.faults()).containsOnlyKeys(Fault.REFUSED_500).containsValue(1);
        }
    }

    @Test
    void injects_no_fault_when_it_is_healed() throws Exception {
        try (Proxy proxy = new Proxy(1, 1, redmine.port())) {
            proxy.heal();
            for (int i = 0; i < 20; i++) {
                assertThat(Wire.send(proxy.port(), NOTE, LONG).status()).isEqualTo(201);
            }
            untilQuiet(proxy);
            assertThat(proxy.faults()).isEmpty();
        }
    }

    @Test
    void never_asks_redmine_when_the_service_believes_already_that_it_did_not() throws Exception {
        Duration settle = TIME_OUT;
        try (Proxy proxy = new Proxy(seed(Fault.LATE, 1), 1, redmine.port(), TIME_OUT, settle)) {
            Wire.send(proxy.port(), request(Fault.LATE), LONG);

            assertThat(entry(proxy).outcome()).isEqualTo("Redmine is away");
            assertThat(redmine.asked()).isEmpty();
        }
    }

    @Test
    void says_when_redmine_did_a_write_later_than_the_service_believes() throws Exception {
        Duration settle = Duration.ofMillis(50);
        try (SmallRedmine slow = new SmallRedmine(asked -> {
                    pause(settle.multipliedBy(2));
                    return DONE;
                });
                Proxy proxy = new Proxy(1, 0, slow.port(), TIME_OUT, settle)) {
            Wire.send(proxy.port(), Wire.request("GET", "/issues/7.json", ""), LONG);
            assertThat(proxy.brokeItsPromise()).as("a question changes nothing").isFalse();

            Wire.send(proxy.port(), NOTE, LONG);
            assertThat(proxy.brokeItsPromise()).isTrue();
        }
        try (Proxy proxy = new Proxy(1, 0, redmine.port(), TIME_OUT, SETTLE)) {
            Wire.send(proxy.port(), NOTE, LONG);
            assertThat(proxy.brokeItsPromise()).as("it was in time").isFalse();
        }
    }

    @Test
    void waits_as_long_as_the_service_is_set_to() {
        assertThat(Proxy.TIME_OUT).isEqualTo(Duration.ofSeconds(3));
        assertThat(Proxy.SETTLE).isEqualTo(Duration.ofSeconds(10));
    }

    /** What becomes of a request, when all has come to its end. */
    private Wire inject(Fault fault) throws IOException {
        try (Proxy proxy = proxy(fault, redmine.port())) {
            Wire answer = Wire.send(proxy.port(), request(fault), LONG);
            assertThat(entry(proxy).fault()).isEqualTo(fault);
            return answer;
        }
    }

    /** The lines of this form that the answers begin with, by different seeds. */
    private Set<String> heads(Fault fault, String form) throws IOException {
        Set<String> lines = new TreeSet<>();
        for (int i = 1; i <= 40; i++) {
            try (Proxy proxy = new Proxy(seed(fault, i), 1, redmine.port(), TIME_OUT, SETTLE)) {
                String head = Wire.send(proxy.port(), request(fault), LONG).head();
                lines.add(head.lines()
                        .filter(line -> line.matches(form))
                        .findFirst()
                        .orElse(""));
            }
        }
        return lines;
    }

    private static Proxy proxy(Fault fault, int redminePort) throws IOException {
        return new Proxy(seed(fault, 1), 1, redminePort, TIME_OUT, SETTLE);
    }

    /** A creation for faults of creations only, a change for all else. */
    private static String request(Fault fault) {
        return fault == Fault.NOTHING_204 ? CREATION : NOTE;
    }

    /** The seed that injects this fault into the first request. */
    private static long seed(Fault fault, int which) {
        String method = request(fault).split(" ")[0];
        return LongStream.range(1, 10_000)
                .filter(seed -> Fault.of(Proxy.random(seed, 1), 1, method) == fault)
                .skip(which - 1)
                .findFirst()
                .orElseThrow();
    }

    private static Proxy.Entry entry(Proxy proxy) {
        untilQuiet(proxy);
        assertThat(proxy.entries()).hasSize(1);
        return proxy.entries().get(0);
    }

    private static void untilQuiet(Proxy proxy) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(proxy::isQuiet);
    }

    private List<Fault> faultsOf(long seed) throws IOException {
        try (Proxy proxy = new Proxy(seed, 0.5, redmine.port(), Duration.ofMillis(20), SETTLE)) {
            for (int i = 0; i < 20; i++) {
                Wire.send(proxy.port(), NOTE, LONG);
                untilQuiet(proxy);
            }
            return proxy.entries().stream().map(Proxy.Entry::fault).toList();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
