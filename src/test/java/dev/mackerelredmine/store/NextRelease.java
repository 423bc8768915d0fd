package dev.mackerelredmine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a release with one migration more has on its class path, beside all of this one. */
public final class NextRelease {

    /** The number of this release's schema, and of the next one's. */
    public static final int THIS = Stream.of(
                    Path.of("src/main/resources/db/migration").toFile().list())
            .mapToInt(name -> Integer.parseInt(name.replaceFirst("V(\\d+)__.*", "$1")))
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
