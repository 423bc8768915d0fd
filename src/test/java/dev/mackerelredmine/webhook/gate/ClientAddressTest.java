package dev.mackerelredmine.webhook.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxies that are trusted here: 127.0.0.1 on this machine, a CDN at 198.51.100.0/24 and 2001:db8:cd::/48. */
@Tag("fast")
class ClientAddressTest {

    private static final String XFF = "X-Forwarded-For";
    private static final String FORWARDED = "Forwarded";
    private static final String UNKNOWN = "";

    private final ClientAddress clientAddress =
            new ClientAddress(Stream.of("127.0.0.1", "198.51.100.0/24", "2001:db8:cd::/48")
                    .map(range -> AddressRange.of(range).orElseThrow())
                    .toList());
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    private ClientAddressTest with(String header, String line) {
        headers.add(header, line);
        return this;
    }

    private void assertClientOf(String peer, String client) {
        assertThat(clientAddress.of(Address.of(peer), headers)).isEqualTo(Address.of(client));
    }

    private void assertClient(String client) {
        assertClientOf("127.0.0.1", client);
    }

    // --- whose word counts

    @Test
    void is_the_peer_where_no_header_says_otherwise() {
        assertClientOf("203.0.113.9", "203.0.113.9");
        assertClientOf("127.0.0.1", "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "127.0.0.2", "::1", "2001:db8:ce::1"})
    void is_the_peer_whatever_a_peer_that_is_not_trusted_says(String peer) {
        with(XFF, "52.193.111.118").with(FORWARDED, "for=\"nonsense").assertClientOf(peer, peer);
    }

    @Test
    void is_not_known_of_a_peer_without_an_address() {
        assertThat(clientAddress.of(Optional.empty(), with(XFF, "52.193.111.118").headers))
                .isEmpty();
    }

    @Test
    void is_the_same_in_ipv6_as_in_ipv4() {
        with(XFF, "::ffff:52.193.111.118, ::ffff:198.51.100.7").assertClientOf("::ffff:127.0.0.1", "52.193.111.118");
    }

    // --- which word counts

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            52.193.111.118                                       | 52.193.111.118
            52.193.111.118, 198.51.100.7                         | 52.193.111.118
            52.193.111.118,198.51.100.7,2001:db8:cd::7,127.0.0.1 | 52.193.111.118
            1.1.1.1, 52.193.111.118, 198.51.100.7                | 52.193.111.118
            127.0.0.1, 52.193.111.118                            | 52.193.111.118
            198.51.100.9, 1.1.1.1, 52.193.111.118                | 52.193.111.118
            2406:da14:f83:2600::1                                | 2406:da14:f83:2600::1
            """)
    void is_the_nearest_that_is_not_a_proxy(String list, String client) {
        with(XFF, list).assertClient(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"52.193.111.118, 203.0.113.9", "unknown, 203.0.113.9", "\", 203.0.113.9", ", 203.0.113.9"})
    void is_not_what_the_sender_itself_says_before_the_proxy_speaks(String list) {
        with(XFF, list).assertClient("203.0.113.9");
    }

    @Test
    void is_the_farthest_where_all_are_proxies() {
        with(XFF, "198.51.100.9, 198.51.100.7").assertClient("198.51.100.9");
    }

    @Test
    void is_in_the_last_line_of_several() {
        with(XFF, "52.193.111.118").with(XFF, "203.0.113.9, 198.51.100.7").assertClient("203.0.113.9");
    }

    // --- in which notation

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            52.193.111.118:443              | 52.193.111.118
            [2406:da14:f83:2600::1]         | 2406:da14:f83:2600::1
            [2406:da14:f83:2600::1]:443     | 2406:da14:f83:2600::1
            [::ffff:52.193.111.118]:443     | 52.193.111.118
            1.1.1.1:1 ,  52.193.111.118:443 | 52.193.111.118
            """)
    void may_have_a_port(String list, String client) {
        with(XFF, list).assertClient(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            for=52.193.111.118                                            | 52.193.111.118
            For="52.193.111.118"                                          | 52.193.111.118
            for="52.193.111.118:443"                                      | 52.193.111.118
            for="[2406:da14:f83:2600::1]"                                 | 2406:da14:f83:2600::1
            for="[2406:da14:f83:2600::1]:443"                             | 2406:da14:f83:2600::1
            for=52.193.111.118;proto=https;by=127.0.0.1                   | 52.193.111.118
            proto=https; host="a,b;for=1.1.1.1"; for=52.193.111.118       | 52.193.111.118
            for=1.1.1.1, for=52.193.111.118;by=_x, for="198.51.100.7"     | 52.193.111.118
            for=unknown,for=_hidden, proto=http ,, for=52.193.111.118     | 52.193.111.118
            for=52.193.111.118;                                           | 52.193.111.118
            """)
    void is_read_from_forwarded(String elements, String client) {
        with(FORWARDED, elements).assertClient(client);
    }

    // --- what is not guessed

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "52.193.111.118,",
                "unknown",
                "localhost",
                "52.193.111.118, 010.0.0.1",
                "52.193.111.118 127.0.0.1",
                "52.193.111.118;198.51.100.7",
                "for=52.193.111.118",
                "\"52.193.111.118\"",
                "52.193.111.118:",
                "52.193.111.118:123456",
                "[52.193.111.118]",
                "[2406:da14:f83:2600::1",
                "2406:da14:f83:2600::1]",
                "[2406:da14:f83:2600::1%1]",
                "52.193.111.118, unknown, 198.51.100.7"
            })
    void is_not_known_where_a_proxy_says_no_address(String list) {
        with(XFF, list).assertClient(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "52.193.111.118",
                "for",
                "for=",
                "for=unknown",
                "for=_hidden",
                "proto=https",
                "for=52.193.111.118,",
                "for=2406:da14:f83:2600::1",
                "for=\"2406:da14:f83:2600::1\"",
                "for=[2406:da14:f83:2600::1]",
                "for=52.193.111.118;for=198.51.100.7",
                "for =52.193.111.118",
                "for= 52.193.111.118",
                "for='52.193.111.118'",
                "for=\"52.193.111.118",
                "for=\"52.193.111.118\"x",
                "for=\"52.193\\.111.118\"",
                "for=52.193.111.118 for=198.51.100.7"
            })
    void is_not_known_where_forwarded_is_not_in_its_form(String elements) {
        with(FORWARDED, elements).assertClient(UNKNOWN);
    }

    /** The proxy's own word would stand within the quotes. */
    @ParameterizedTest
    @ValueSource(
            strings = {", for=203.0.113.9", ", for=\"[2001:db8::9]\"", ", for=\"203.0.113.9:80\", for=198.51.100.7"})
    void is_not_known_where_a_sender_opens_quotes_for_the_proxy_to_speak_in(String proxys) {
        with(FORWARDED, "for=52.193.111.118;x=\"" + proxys).assertClient(UNKNOWN);
    }

    @Test
    void is_known_where_both_headers_say_the_same() {
        with(XFF, "1.1.1.1, 52.193.111.118")
                .with(FORWARDED, "for=52.193.111.118, for=198.51.100.7")
                .assertClient("52.193.111.118");
    }

    /** Which of them the proxy writes, and which it passes on from the sender, cannot be seen. */
    @Test
    void is_not_known_where_the_headers_say_different_addresses() {
        with(XFF, "203.0.113.9").with(FORWARDED, "for=52.193.111.118").assertClient(UNKNOWN);
        headers.clear();
        with(XFF, "203.0.113.9").with(FORWARDED, "for=unknown").assertClient(UNKNOWN);
    }

    @Test
    void is_found_in_a_header_as_long_as_the_server_takes() {
        with(XFF, "1,".repeat(4000) + "52.193.111.118").assertClient("52.193.111.118");
        headers.clear();
        with(FORWARDED, "for=_;".repeat(1300) + "x=\"" + "y".repeat(8000)).assertClient(UNKNOWN);
    }
}
