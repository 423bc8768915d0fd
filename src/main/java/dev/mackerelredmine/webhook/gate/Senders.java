package dev.mackerelredmine.webhook.gate;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who may post, by address, and which proxies are trusted to name the sender. */
public final class Senders {

    public static final String MACKEREL = "mackerel";
    public static final String ANY = "any";

    private final List<String> allowed;
    private final List<String> proxies;

    /** Each item is an address or a network; of those that may post also {@link #MACKEREL}, or alone {@link #ANY}. */
    public Senders(List<String> allowed, List<String> proxies) {
        this.allowed = allowed;
        this.proxies = proxies;
    }

    /** Items of gate.allow that are neither an address nor a network. */
    public List<String> unreadable() {
        return allowed.equals(List.of(ANY))
                ? List.of()
                : allowed.stream()
                        .filter(item -> !isRange(item) && !item.equals(MACKEREL))
                        .toList();
    }

    /** Items of gate.trusted-proxies that are neither an address nor a network. */
    public List<String> unreadableProxies() {
        return proxies.stream().filter(item -> !isRange(item)).toList();
    }

    private static boolean isRange(String item) {
        return AddressRange.of(item).isPresent();
    }

    public boolean areAny() {
        return allowed.contains(ANY);
    }

    public boolean includeMackerel() {
        return allowed.contains(MACKEREL);
    }

    /** The checks that come before that of the key. */
    public Stream<Check> checks(MackerelAddresses mackerel, boolean asksForAKey) {
        List<AddressRange> trusted = ranges(proxies);
        Optional<Check> proxy = trusted.isEmpty() && !asksForAKey ? Optional.of(new ProxyCheck()) : Optional.empty();
        Optional<Check> address =
                areAny() ? Optional.empty() : Optional.of(new AddressCheck(trusted, allowedBy(mackerel)));
        return Stream.of(proxy, address).flatMap(Optional::stream);
    }

    private Predicate<InetAddress> allowedBy(MackerelAddresses mackerel) {
        List<AddressRange> ranges = ranges(allowed);
        Predicate<InetAddress> named = address -> ranges.stream().anyMatch(range -> range.contains(address));
        return includeMackerel() ? named.or(mackerel) : named;
    }

    private static List<AddressRange> ranges(List<String> items) {
        return items.stream().map(AddressRange::of).flatMap(Optional::stream).toList();
    }

    /** For the welcome. */
    @Override
    public String toString() {
        return String.join(", ", allowed) + (proxies.isEmpty() ? "" : ", through " + String.join(", ", proxies));
    }
}
