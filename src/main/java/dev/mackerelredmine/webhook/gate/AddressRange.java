package dev.mackerelredmine.webhook.gate;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation (192.0.2.0/24, 2001:db8::/32), or one address. Nothing is guessed: a network whose address is not its
 * first one (192.0.2.1/24), and one of all addresses (/0), are refused.
 *
 * @param prefix how many bits of an address are the network's
 */
public record AddressRange(InetAddress network, int prefix) {

    private static final Pattern CIDR = Pattern.compile("([^/]+)/([1-9]\\d{0,2})");

    public static Optional<AddressRange> of(String text) {
        Matcher cidr = CIDR.matcher(text);
        if (!cidr.matches()) {
            return Address.of(text).map(address -> new AddressRange(address, bits(address)));
        }
        return Address.of(cidr.group(1))
                .map(network -> new AddressRange(network, Integer.parseInt(cidr.group(2))))
                .filter(range -> range.isIPv4() != text.contains(":")) // what is written in IPv6 counts its bits
                .filter(AddressRange::isNetwork);
    }

    private boolean isNetwork() {
        BigInteger number = number(network);
        int rest = bits(network) - prefix;
        return rest >= 0 && (number.signum() == 0 || number.getLowestSetBit() >= rest);
    }

    boolean isIPv4() {
        return bits(network) == Integer.SIZE;
    }

    public boolean contains(InetAddress address) {
        return bits(address) == bits(network) && networkOf(address).equals(networkOf(network));
    }

    private BigInteger networkOf(InetAddress address) {
        return number(address).shiftRight(bits(address) - prefix);
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    @Override
    public String toString() {
        return Address.text(network) + "/" + prefix;
    }
}
