package dev.mackerelredmine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The backups of an SQLite store from before its upgrades, beside it: {@code backup-schema-1-20261120T000003Z-store.db}, with
 * the schema that it has, and the time in UTC. The last two are kept.
 */
final class UpgradeBackups {

    private static final int KEPT = 2;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final SqliteFile file;
    private final Backup backup;
    private final Clock clock;

    UpgradeBackups(SqliteFile file, Backup backup, Clock clock) {
        this.file = file;
        this.backup = backup;
        this.clock = clock;
    }

    /**
     * Backs the store up, and deletes the backups before the last two.
     *
     * @param schema what the store has, such as 1
     * @throws StoreException when the backup cannot be written
     */
    Path make(String schema) {
        Path copy = file.folder()
                .resolve("backup-schema-" + schema + "-" + TIME.format(clock.instant()) + "-" + file.name());
        backup.to(copy);
        deleteOlder();
        return copy;
    }

    private void deleteOlder() {
        try {
            List<Path> all = oldestFirst();
            for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                Files.delete(old);
            }
        } catch (IOException e) {
            throw new StoreException("an old backup of the store cannot be deleted: " + e.getMessage(), e);
        }
    }

    private List<Path> oldestFirst() throws IOException {
        Pattern ours = Pattern.compile("backup-schema-[\\d.]+-(\\d{8}T\\d{6}Z)-" + Pattern.quote(file.name()));
        try (Stream<Path> files = Files.list(file.folder())) {
            return files.map(path -> ours.matcher(path.getFileName().toString()))
                    .filter(Matcher::matches)
                    .sorted(Comparator.comparing(path -> path.group(1)))
                    .map(path -> file.folder().resolve(path.group()))
                    .toList();
        }
    }
}
