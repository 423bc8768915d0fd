package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.LoggedErrors;
import dev.mackerelredmine.webhook.gate.AddressCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may post, by address, at the webhook's port. All of 127.0.0.0/8 is this machine: 127.0.0.2 stands for another peer. */
@Tag("service")
class SendersGateTest {

    private static final String MACKEREL = "52.193.111.118";
    private static final String OTHER = "203.0.113.9";
    private static final String PROXY = "127.0.0.1";

    @TempDir
    Path folder;

    private RunningService service;
    private LoggedErrors log;
    private int taken;

    @BeforeEach
    void listen() {
        service = new RunningService(folder);
        log = LoggedErrors.of(AddressCheck.class.getPackageName(), Level.WARN);
    }

    @AfterEach
    void stop() {
        log.close();
        service.close();
    }

    private void behindAProxy() throws Exception {
        service.with("gate.trusted-proxies", PROXY).start();
    }

    /** Posts an alert with these header lines from an address of this machine, and returns all that is answered. */
    private String post(String from, String... headerLines) throws IOException {
        byte[] body = critical().bytes();
        String head =
                "POST /mackerel HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length + "\r\n" + String.join("", headerLines) + "\r\n";
        try (Socket socket = new Socket(
                InetAddress.getByName("127.0.0.1"), service.webhook().getPort(), InetAddress.getByName(from), 0)) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head.getBytes(ISO_8859_1));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String header(String name, String value) {
        return name + ": " + value + "\r\n";
    }

    private static String xff(String value) {
        return header("X-Forwarded-For", value);
    }

    private void assertTaken(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 202 ");
        taken++;
        assertThat(service.count("event")).isEqualTo(taken);
    }

    private void assertRefused(String answer, String... said) {
        assertThat(answer)
                .startsWith("HTTP/1.1 403 ")
                .contains("application/problem+json", "\"status\":403")
                .doesNotContain("gate.", "127.0.0.", OTHER);
        assertThat(service.count("event")).isEqualTo(taken);
        assertThat(log.messages()).singleElement().asString().contains(said);
    }

    // --- on loopback, with nothing set

    @Test
    void takes_the_posts_of_this_machine_where_nothing_is_set() throws Exception {
        service.start();

        assertTaken(post("127.0.0.1"));
        assertTaken(post("127.0.0.2"));
    }

    @Test
    void refuses_what_came_through_a_proxy_where_none_is_set_and_says_what_to_set_once_a_minute() throws Exception {
        service.start();
        List<String> lines = List.of(
                "X-Forwarded-For: 52.193.111.118",
                "x-forwarded-for:",
                "FORWARDED: for=52.193.111.118",
                "X-Forwarded-Proto: https",
                "X-Real-IP: 52.193.111.118",
                "Via: 1.1 proxy");

        for (String line : lines) {
            assertRefused(
                    post("127.0.0.2", line + "\r\n"),
                    "Refused a post with 403",
                    "gate.trusted-proxies=127.0.0.2",
                    "gate.api-key=");
        }

        assertThat(Scrape.of(service).value("posts_total{status=\"403\"}")).isEqualTo(lines.size());
    }

    // --- behind a proxy that is known

    @Test
    void takes_mackerels_posts_behind_a_proxy_and_no_others() throws Exception {
        behindAProxy();

        assertTaken(post(PROXY, xff(MACKEREL)));
        assertTaken(post(PROXY, xff(OTHER + ", " + MACKEREL)));
        assertTaken(post(PROXY, xff("::ffff:" + MACKEREL)));
        assertTaken(post(PROXY, header("Forwarded", "for=\"[2406:da14:f83:2600::1]:443\";proto=https")));
        assertRefused(post(PROXY, xff(MACKEREL + ", " + OTHER)), "It is 203.0.113.9, which is not in gate.allow.");
    }

    @Test
    void takes_the_last_of_several_lines_for_the_nearest_proxys() throws Exception {
        behindAProxy();

        assertTaken(post(PROXY, xff(OTHER), xff(OTHER), xff(MACKEREL)));
        assertRefused(post(PROXY, xff(MACKEREL), xff(MACKEREL), xff(OTHER)), OTHER);
    }

    @Test
    void believes_no_other_peer() throws Exception {
        behindAProxy();

        assertRefused(
                post("127.0.0.2", xff(MACKEREL), header("Forwarded", "for=" + MACKEREL)),
                "It is 127.0.0.2, which is not in gate.allow.");
    }

    @Test
    void refuses_what_a_proxy_forwards_without_saying_for_whom() throws Exception {
        behindAProxy();

        assertRefused(post(PROXY), "It is 127.0.0.1, one of gate.trusted-proxies itself");
    }

    @Test
    void guesses_nothing_where_a_proxy_says_nonsense() throws Exception {
        behindAProxy();

        for (String lines : List.of(
                "X-Forwarded-For: unknown",
                "X-Forwarded-For: 0x34.0xc1.0x6f.0x76",
                "X-Forwarded-For: 52.193.111.118, <b>",
                "Forwarded: for=\"52.193.111.118",
                "X-Forwarded-For: 203.0.113.9\r\nForwarded: for=52.193.111.118")) {
            assertRefused(post(PROXY, lines + "\r\n"), "cannot be seen", "It came from 127.0.0.1.");
        }
        assertThat(log.messages().get(0)).doesNotContain("0x34", "<b>", "52.193");
    }

    // --- with gate.allow

    @Test
    void takes_posts_from_the_networks_that_are_set() throws Exception {
        service.with("gate.allow", "127.0.0.2/31, 2001:db8::/32").start();

        assertTaken(post("127.0.0.2"));
        assertTaken(post("127.0.0.3"));
        assertRefused(post("127.0.0.1"), "It is 127.0.0.1, which is not in gate.allow.");
    }

    @Test
    void takes_mackerel_and_networks_together() throws Exception {
        service.with("gate.allow", "mackerel, 203.0.113.0/24")
                .with("gate.trusted-proxies", PROXY)
                .start();

        assertTaken(post(PROXY, xff(MACKEREL)));
        assertTaken(post(PROXY, xff(OTHER)));
        assertRefused(post(PROXY, xff("203.0.114.9")), "203.0.114.9");
    }

    @Test
    void takes_any_behind_a_proxy_that_sees_to_it_itself() throws Exception {
        service.with("gate.allow", "any").with("gate.trusted-proxies", PROXY).start();

        assertTaken(post(PROXY, xff(OTHER)));
        assertTaken(post(PROXY));
    }
}
