package dev.mackerelredmine.webhook.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.redmine.LoggedErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class MackerelAddressesTest {

    private static final String OF_THE_RELEASE = "52.193.111.118";
    private static final String NEW = "203.0.113.9";
    private static final String NEW_LIST = """
            {"incoming":["198.51.100.1/32"],"outgoing":["52.193.111.118/32","203.0.113.9/32"],
             "incoming_ipv6":[],"outgoing_ipv6":["2406:da14:f83:2600::/56"]}""";

    @TempDir
    Path folder;

    private Path file;
    private LoggedErrors log;
    private int changes;

    @BeforeEach
    void start() {
        file = folder.resolve("data").resolve("list.json");
        log = LoggedErrors.of(MackerelAddresses.class.getName(), Level.INFO);
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private MackerelAddresses addresses() {
        return new MackerelAddresses(file, () -> changes++);
    }

    private static boolean has(MackerelAddresses addresses, String address) {
        return addresses.test(Address.of(address).orElseThrow());
    }

    private void write(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "52.193.111.118",
                "52.196.125.133",
                "13.113.213.40",
                "52.197.186.229",
                "52.198.79.40",
                "13.114.12.29",
                "13.113.240.89",
                "52.68.245.9",
                "13.112.142.176",
                "::ffff:13.112.142.176",
                "2406:da14:f83:2600::1",
                "2406:da14:f83:26ff::1"
            })
    void are_those_of_the_release(String address) {
        assertThat(has(addresses(), address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"52.193.111.117", "127.0.0.1", "::1", "203.0.113.9", "2406:da14:f83:2700::1", "::"})
    void are_no_others(String address) {
        assertThat(has(addresses(), address)).isFalse();
    }

    @Test
    void are_those_of_the_last_list_that_was_taken() throws IOException {
        MackerelAddresses addresses = addresses();

        addresses.take(NEW_LIST.getBytes(UTF_8));

        assertThat(has(addresses, NEW)).isTrue();
        assertThat(has(addresses, "52.196.125.133")).isFalse();
        assertThat(has(addresses, "198.51.100.1"))
                .as("one to which Mackerel listens")
                .isFalse();
    }

    @Test
    void are_still_known_after_a_restart() throws IOException {
        addresses().take(NEW_LIST.getBytes(UTF_8));

        assertThat(has(addresses(), NEW)).isTrue();
        assertThat(Files.list(file.getParent())).containsExactly(file);
        assertThat(Files.readString(file)).isEqualTo(NEW_LIST);
    }

    @Test
    void say_how_they_have_changed_and_count_it() throws IOException {
        MackerelAddresses addresses = addresses();

        addresses.take(NEW_LIST.getBytes(UTF_8));
        addresses.take(NEW_LIST.replace("203.0.113.9/32", "203.0.113.10").getBytes(UTF_8));

        assertThat(changes).isEqualTo(2);
        assertThat(log.messages())
                .hasSize(2)
                .last()
                .asString()
                .endsWith("added [203.0.113.10/32], gone [203.0.113.9/32]");
    }

    @Test
    void say_nothing_of_a_list_that_is_the_same() throws IOException {
        MackerelAddresses addresses = addresses();
        addresses.take(NEW_LIST.getBytes(UTF_8));

        addresses.take(NEW_LIST.replace("203.0.113.9/32", "203.0.113.9").getBytes(UTF_8));

        assertThat(changes).isOne();
        assertThat(log.messages()).hasSize(1);
    }

    static Stream<String> bad() {
        return Stream.of(
                "",
                " ",
                "null",
                "[]",
                "{}",
                "{\"outgoing\":null}",
                "{\"outgoing\":[]}",
                "{\"outgoing\":[],\"outgoing_ipv6\":[\"2406:da14:f83:2600::/56\"]}",
                "{\"outgoing\":\"203.0.113.9/32\"}",
                "{\"outgoing\":{\"a\":\"203.0.113.9/32\"}}",
                "{\"outgoing\":[[\"203.0.113.9/32\"]]}",
                "{\"outgoing\":[null]}",
                "{\"outgoing\":[203]}",
                "{\"outgoing\":[\"203.0.113.9/32\",\"\"]}",
                "{\"outgoing\":[\"203.0.113.9/32\",\"mackerel.io\"]}",
                "{\"outgoing\":[\"203.0.113.9/32\",\"any\"]}",
                "{\"outgoing\":[\"203.0.113.9/24\"]}",
                "{\"outgoing\":[\"203.0.113.9/32\",\"0.0.0.0/0\"]}",
                "{\"outgoing\":[\"203.0.113.9/32\",\"128.0.0.0/1\"]}",
                "{\"outgoing\":[\"203.0.113.9/32\",\"203.0.0.0/15\"]}",
                "{\"outgoing\":[\"203.0.113.9/32\"],\"outgoing_ipv6\":[\"::/0\"]}",
                "{\"outgoing\":[\"203.0.113.9/32\"],\"outgoing_ipv6\":[\"2000::/31\"]}",
                "{\"outgoing\":[\"203.0.113.9/32\"],\"outgoing_ipv6\":[\"\\n\\u001bERROR\"]}",
                "{\"outgoing\":[\"203.0.113.9/32\"]} and more",
                "{\"outgoing\":[\"203.0.113.9/32\"]",
                "<html>Sign in</html>",
                "{\"outgoing\":[\"203.0.113.9/32\"],\"more\":" + "[".repeat(60_000));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void stay_as_they_are_where_what_comes_is_no_list_of_addresses(String list) {
        MackerelAddresses addresses = addresses();

        assertThatThrownBy(() -> addresses.take(list.getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("it ")
                .hasMessageNotContainingAny("203", "\n", "\u001b", "html");

        assertThat(has(addresses, OF_THE_RELEASE)).isTrue();
        assertThat(has(addresses, NEW)).isFalse();
        assertThat(file).doesNotExist();
        assertThat(changes).isZero();
    }

    @Test
    void may_be_networks_as_wide_as_a_provider_has_them() throws IOException {
        MackerelAddresses addresses = addresses();

        addresses.take("{\"outgoing\":[\"203.0.0.0/16\"],\"outgoing_ipv6\":[\"2001:db8::/32\"]}".getBytes(UTF_8));

        assertThat(has(addresses, "203.0.255.255")).isTrue();
        assertThat(has(addresses, "2001:db8:ffff::1")).isTrue();
    }

    @Test
    void may_do_without_ipv6() throws IOException {
        MackerelAddresses addresses = addresses();

        addresses.take("{\"outgoing\":[\"203.0.113.9\"]}".getBytes(UTF_8));

        assertThat(has(addresses, "2406:da14:f83:2600::1")).isFalse();
    }

    @Test
    void are_those_of_the_release_where_what_was_kept_is_damaged() throws IOException {
        write(NEW_LIST.substring(0, 60));

        assertThat(has(addresses(), OF_THE_RELEASE)).isTrue();
        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith(file + " cannot be read as Mackerel's addresses");
    }

    @Test
    void count_even_where_they_cannot_be_kept() throws IOException {
        Files.writeString(folder.resolve("data"), "a file where the folder would be");
        MackerelAddresses addresses = addresses();

        addresses.take(NEW_LIST.getBytes(UTF_8));

        assertThat(has(addresses, NEW)).isTrue();
        assertThat(log.messages()).last().asString().contains("could not be written to " + file);
    }
}
