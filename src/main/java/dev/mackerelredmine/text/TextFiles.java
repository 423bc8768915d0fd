package dev.mackerelredmine.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of texts: those inside the jar, and those of an operator's folder, which count instead, file by file. */
final class TextFiles {

    private static final List<String> KNOWN = List.of(
            "subject.ftl",
            "description.common_mark.ftl",
            "description.textile.ftl",
            "note.common_mark.ftl",
            "note.textile.ftl",
            "incident-subject.ftl",
            "incident.common_mark.ftl",
            "incident.textile.ftl",
            "en.properties",
            "ja.properties");

    private final Path folder;

    TextFiles(Path folder) {
        this.folder = folder;
    }

    /** Refuses a file that would be read by nobody, because its name is misspelt. */
    void checkNames() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".ftl") || name.endsWith(".properties"))
                    .filter(name -> !KNOWN.contains(name))
                    .sorted()
                    .findFirst()
                    .ifPresent(name -> {
                        throw new TextsException(
                                folder.resolve(name) + " is read by nobody. The files that are: "
                                        + String.join(", ", KNOWN),
                                null);
                    });
        } catch (IOException e) {
            throw new TextsException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    Optional<String> own(String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file, UTF_8));
        } catch (CharacterCodingException e) {
            throw new TextsException(file + " is not UTF-8: save it as that", e);
        } catch (IOException e) {
            throw new TextsException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    String path(String name) {
        return folder.resolve(name).toString();
    }

    static String builtIn(String name) {
        try (InputStream file = TextFiles.class.getResourceAsStream("/texts/" + name)) {
            return new String(
                    Objects.requireNonNull(file, () -> "no texts/" + name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new TextsException("texts/" + name + " in the jar cannot be read", e);
        }
    }
}
