package dev.mackerelredmine.webhook.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::1, 0:0:0:0:0:0:0:1",
        "::, 0:0:0:0:0:0:0:0",
        "2001:DB8::a, 2001:db8:0:0:0:0:0:a",
        "2001:db8:0:0:0:0:0:a, 2001:db8:0:0:0:0:0:a",
        "2001:0db8:0000:0000:0000:0000:0000:000a, 2001:db8:0:0:0:0:0:a",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0"
    })
    void reads_the_plain_notation(String text, String same) {
        assertThat(Address.of(text)).map(InetAddress::getHostAddress).contains(same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:192.0.2.1", "::FFFF:192.0.2.1", "::ffff:c000:201", "0:0:0:0:0:ffff:c000:0201"})
    void takes_an_ipv4_address_in_ipv6_for_that_ipv4_address(String text) {
        assertThat(Address.of(text)).isEqualTo(Address.of("192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::c000:201", "64:ff9b::c000:201", "2002:c000:201::"})
    void takes_no_other_ipv6_address_for_an_ipv4_address(String text) {
        assertThat(Address.of(text)).map(address -> address.getAddress().length).contains(16);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "010.0.0.1",
                "10.0.0.01",
                "0x7f.0.0.1",
                "0x7f000001",
                "127.1",
                "127.0.1",
                "2130706433",
                "1.2.3.256",
                "1.2.3.4.",
                ".1.2.3.4",
                "1.2.3.4.5",
                "1.2.3.-4",
                "1.2.3.4:80",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4\n",
                "1.2.3.*",
                "1.2.3.4-5",
                "１.2.3.4",
                "٣.2.3.4",
                "::ffff:010.0.0.1",
                "::ffff:1.2.3",
                "::ffff:1.2.3.256",
                "::1.2.3.4",
                "64:ff9b::1.2.3.4",
                "fe80::1%eth0",
                "fe80::1%",
                "[::1]",
                "[::1]:80",
                ":",
                ":::",
                "1::2::3",
                "12345::1",
                "00001::1",
                "1:2:3:4:5:6:7",
                "1::2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:8:9",
                "::g",
                "localhost",
                "cafe",
                "mackerel.io"
            })
    void reads_nothing_else(String text) {
        assertThat(Address.of(text)).isEmpty();
    }
}
