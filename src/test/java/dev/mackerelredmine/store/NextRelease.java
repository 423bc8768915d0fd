package dev.mackerelredmine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a release with one migration more has on its class path, beside all of this one. */
public final class NextRelease {

    /** The number of this release's schema, and of the next one's. */
    public static final int THIS = Arrays.stream(
                    Path.of("src/main/resources/db/migration").toFile().list())
            .mapToInt(file -> Integer.parseInt(file.substring(1, file.indexOf('_'))))
            .max()
            .orElseThrow();

    public static final int NEXT = THIS + 1;

    private NextRelease() {}

    /** Writes it into a folder that is not there yet, and returns that. */
    public static Path in(Path folder) throws IOException {
        Path migrations = Files.createDirectories(folder.resolve("db/migration"));
        Files.writeString(migrations.resolve("V" + NEXT + "__mood.sql"), "ALTER TABLE problem ADD COLUMN mood TEXT;");
        return folder;
    }
}
