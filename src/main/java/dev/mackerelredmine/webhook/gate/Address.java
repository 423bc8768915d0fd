package dev.mackerelredmine.webhook.gate;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address as it is read here, in its plain notation alone: what programs take for different addresses (octal numbers,
 * fewer numbers than four), names, zones and brackets are no address. An IPv4 address in IPv6 (::ffff:192.0.2.1) is that IPv4 address.
 */
final class Address {

    private static final String NUMBER = "(0|[1-9]\\d{0,2})";
    private static final Pattern PLAIN =
            Pattern.compile("[0-9A-Fa-f:]+|(::[Ff]{4}:)?" + NUMBER + "(\\." + NUMBER + "){3}");

    private Address() {}

    /** In the shortest notation. */
    static String text(InetAddress address) {
        return NetUtil.toAddressString(address);
    }

    static Optional<InetAddress> of(String text) {
        return Optional.ofNullable(text)
                .filter(address -> PLAIN.matcher(address).matches())
                .map(NetUtil::createInetAddressFromIpAddressString);
    }
}
