package dev.mackerelredmine;

import dev.mackerelredmine.gate.AddressCheck;
import dev.mackerelredmine.gate.AddressRange;
import dev.mackerelredmine.gate.Check;
import dev.mackerelredmine.gate.MackerelAddresses;
import dev.mackerelredmine.gate.ProxyCheck;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who may post, by address, as gate.allow and gate.trusted-proxies say. Without gate.allow Mackerel alone; but on loopback, without a
 * proxy, this machine. What cannot be read in them is named when the settings are checked.
 */
final class Senders {

    private static final String ALLOW = "gate.allow";
    private static final String TRUSTED_PROXIES = "gate.trusted-proxies";
    private static final String MACKEREL = "mackerel";
    private static final String ANY = "any";

    private final Settings settings;

    Senders(Settings settings) {
        this.settings = settings;
    }

    List<String> problems() {
        return Stream.concat(
                        allowed().stream()
                                .filter(item -> !isRange(item) && !item.equals(MACKEREL))
                                .filter(item -> !allowed().equals(List.of(ANY)))
                                .map(item -> problem(ALLOW, item) + ", nor mackerel, nor, alone, any"),
                        items(TRUSTED_PROXIES)
                                .filter(item -> !isRange(item))
                                .map(item -> problem(TRUSTED_PROXIES, item)))
                .toList();
    }

    private static String problem(String setting, String item) {
        return SettingNames.both(setting) + " has \"" + item + "\", which is no address and no network such as"
                + " 192.0.2.10, 10.0.0.0/8, 2001:db8::/32 (its address is the network's first)";
    }

    private static boolean isRange(String item) {
        return AddressRange.of(item).isPresent();
    }

    boolean areAny() {
        return allowed().contains(ANY);
    }

    boolean includeMackerel() {
        return allowed().contains(MACKEREL);
    }

    /** Asked of a post before its key. */
    Stream<Check> checks(MackerelAddresses mackerel, boolean asksForAKey) {
        List<AddressRange> proxies = ranges(items(TRUSTED_PROXIES));
        Optional<Check> proxy = proxies.isEmpty() && !asksForAKey ? Optional.of(new ProxyCheck()) : Optional.empty();
        Optional<Check> address =
                allowed().contains(ANY) ? Optional.empty() : Optional.of(new AddressCheck(proxies, allowed(mackerel)));
        return Stream.of(proxy, address).flatMap(Optional::stream);
    }

    private Predicate<InetAddress> allowed(MackerelAddresses mackerel) {
        List<AddressRange> ranges = ranges(allowed().stream());
        Predicate<InetAddress> named = address -> ranges.stream().anyMatch(range -> range.contains(address));
        return includeMackerel() ? named.or(mackerel) : named;
    }

    private static List<AddressRange> ranges(Stream<String> items) {
        return items.map(AddressRange::of).flatMap(Optional::stream).toList();
    }

    private List<String> allowed() {
        boolean isAlone = !settings.listensBeyondLoopback()
                && items(TRUSTED_PROXIES).findAny().isEmpty();
        return settings.text(ALLOW).isPresent() ? items(ALLOW).toList() : List.of(isAlone ? ANY : MACKEREL);
    }

    private Stream<String> items(String setting) {
        return settings.text(setting).stream()
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(String::strip);
    }

    /** For the welcome. */
    @Override
    public String toString() {
        String proxies = String.join(", ", items(TRUSTED_PROXIES).toList());
        return String.join(", ", allowed()) + (proxies.isEmpty() ? "" : ", through " + proxies);
    }
}
