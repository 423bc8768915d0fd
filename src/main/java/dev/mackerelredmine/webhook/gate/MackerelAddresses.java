package dev.mackerelredmine.webhook.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses from which Mackerel posts: those of the release, or the last good ones that were taken since, which are kept in a
 * file. A list that is refused changes nothing; one that cannot be kept counts until the service stops.
 */
public final class MackerelAddresses implements Predicate<InetAddress> {

    private static final Logger LOG = LoggerFactory.getLogger(MackerelAddresses.class);
    private static final String OF_THE_RELEASE = "ip-ranges.json";

    private final Path file;
    private final Runnable changed;
    private volatile Set<AddressRange> present;

    /**
     * @param file where the last good list is kept; need not be there
     * @param changed is called at each change
     */
    public MackerelAddresses(Path file, Runnable changed) {
        this.file = file;
        this.changed = changed;
    }

    @Override
    public boolean test(InetAddress address) {
        return present().stream().anyMatch(range -> range.contains(address));
    }

    /** Takes a list as Mackerel publishes it; IOException: it is refused, and why. */
    public void take(byte[] json) throws IOException {
        Set<AddressRange> next = IpRanges.read(json);
        Set<AddressRange> last = present();
        if (next.equals(last)) {
            return;
        }
        present = next;
        LOG.info("Mackerel posts from other addresses now: added {}, gone {}", but(next, last), but(last, next));
        changed.run();
        keep(json);
    }

    private static Set<String> but(Set<AddressRange> some, Set<AddressRange> others) {
        return some.stream()
                .filter(range -> !others.contains(range))
                .map(AddressRange::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void keep(byte[] json) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, json);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn(
                    "Mackerel's new addresses could not be written to {}, and are used only until the service stops: {}",
                    file,
                    e.toString());
        }
    }

    /** Read when somebody first asks: Camel makes each bean twice, and one of the two is never asked. */
    private Set<AddressRange> present() {
        if (present == null) {
            present = kept();
        }
        return present;
    }

    private Set<AddressRange> kept() {
        try {
            return IpRanges.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return ofTheRelease();
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be read as Mackerel's addresses ({}): the list of the release is used",
                    file,
                    e.getMessage());
            return ofTheRelease();
        }
    }

    private static Set<AddressRange> ofTheRelease() {
        try (InputStream list = MackerelAddresses.class.getResourceAsStream(OF_THE_RELEASE)) {
            return IpRanges.read(list.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
