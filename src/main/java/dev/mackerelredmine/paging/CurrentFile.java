package dev.mackerelredmine.paging;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.EscalationFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * escalation.yaml as it is now: it is read again when it has changed. A changed file that is wrong is not used: the last good one stays, the log
 * says once what is wrong, and {@link #mistakes} until it is corrected.
 */
public final class CurrentFile {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentFile.class);

    private final Path path;
    private final Function<Path, EscalationFile> reader;
    private EscalationFile good = EscalationFile.EMPTY;
    private Stamp seen;
    private List<String> mistakes = List.of();

    /** By what a change is noticed. */
    private record Stamp(long modified, long size) {

        private static final Stamp NOT_THERE = new Stamp(-1, -1);

        static Stamp of(Path path) {
            try {
                return new Stamp(Files.getLastModifiedTime(path).toMillis(), Files.size(path));
            } catch (IOException e) {
                return NOT_THERE;
            }
        }
    }

    /** @param path null: there is none, and nothing in it */
    public CurrentFile(Path path, Function<Path, EscalationFile> reader) {
        this.path = path;
        this.reader = reader;
    }

    /** At a start, when there is no last good one. @throws EscalationFileException that names every mistake */
    public synchronized void begin() {
        if (path != null) {
            seen = Stamp.of(path);
            good = reader.apply(path);
        }
    }

    public synchronized EscalationFile now() {
        Stamp stamp = path == null ? seen : Stamp.of(path);
        if (path != null && !stamp.equals(seen)) {
            seen = stamp;
            readAgain(stamp);
        }
        return good;
    }

    private void readAgain(Stamp stamp) {
        try {
            if (stamp.equals(Stamp.NOT_THERE)) {
                throw new EscalationFileException(List.of("there is no file " + path));
            }
            good = reader.apply(path);
            mistakes = List.of();
            LOG.info("{} has changed, and is used from now on", path);
        } catch (EscalationFileException e) {
            mistakes = e.mistakes();
            LOG.warn(
                    "{} has changed and cannot be used, so what it said before stays in force: {}",
                    path,
                    String.join("; ", mistakes));
        }
    }

    /** What is wrong with the file as it is now; empty where it is the one in use. */
    public synchronized List<String> mistakes() {
        now();
        return mistakes;
    }
}
