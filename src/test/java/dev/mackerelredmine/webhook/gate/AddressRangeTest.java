package dev.mackerelredmine.webhook.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class AddressRangeTest {

    private static AddressRange range(String text) {
        return AddressRange.of(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255",
        "192.0.2.128/25, 192.0.2.128, 192.0.2.255",
        "192.0.2.1, 192.0.2.1, 192.0.2.1",
        "192.0.2.1/32, 192.0.2.1, 192.0.2.1",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255",
        "2406:da14:f83:2600::/56, 2406:da14:f83:2600::, 2406:da14:f83:26ff:ffff:ffff:ffff:ffff",
        "::1, ::1, ::1",
        "10.0.0.0/8, ::ffff:10.0.0.0, ::ffff:10.255.255.255"
    })
    void contains_its_addresses_from_the_first_to_the_last(String range, String first, String last) {
        assertThat(range(range).contains(Address.of(first).orElseThrow())).isTrue();
        assertThat(range(range).contains(Address.of(last).orElseThrow())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 9.255.255.255",
        "10.0.0.0/8, 11.0.0.0",
        "192.0.2.1, 192.0.2.2",
        "2406:da14:f83:2600::/56, 2406:da14:f83:25ff:ffff:ffff:ffff:ffff",
        "2406:da14:f83:2600::/56, 2406:da14:f83:2700::",
        "10.0.0.0/8, a00::",
        "a00::/8, 10.0.0.0",
        "::1, 0.0.0.1"
    })
    void contains_no_other(String range, String address) {
        assertThat(range(range).contains(Address.of(address).orElseThrow())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1/32",
        "::ffff:192.0.2.1, 192.0.2.1/32",
        "10.0.0.0/8, 10.0.0.0/8",
        "2001:DB8:0:0::/32, 2001:db8::/32",
        "::1, ::1/128"
    })
    void is_shown_in_one_notation(String text, String shown) {
        assertThat(range(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8 ",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/8.0",
                "10.0.0.0/٨",
                "10/8",
                "010.0.0.0/8",
                "::ffff:10.0.0.0/104",
                "::ffff:10.0.0.0/8",
                "fe80::%eth0/64",
                "localhost/8",
                "any"
            })
    void is_nothing_but_an_address_or_a_network(String text) {
        assertThat(AddressRange.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/8", "192.0.2.129/24", "2001:db8::1/32"})
    void is_not_what_has_more_in_it_than_its_network(String text) {
        assertThat(AddressRange.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "10.0.0.0/0"})
    void is_not_everything(String text) {
        assertThat(AddressRange.of(text)).isEmpty();
    }
}
