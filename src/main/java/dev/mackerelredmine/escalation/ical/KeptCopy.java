package dev.mackerelredmine.escalation.ical;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** The last good copy of a calendar, for a start while the calendar is away. The file's time is that of the last good fetch. */
final class KeptCopy {

    private final Path file;

    private KeptCopy(Path file) {
        this.file = file;
    }

    record Content(byte[] bytes, Instant at) {}

    /** The name does not show the address. */
    static KeptCopy of(Path folder, String address) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
            return new KeptCopy(folder.resolve("rota-" + HexFormat.of().formatHex(digest, 0, 16) + ".ics"));
        } catch (NoSuchAlgorithmException each) {
            throw new IllegalStateException("each Java has it", each);
        }
    }

    Optional<Content> read() throws IOException {
        try {
            return Optional.of(new Content(
                    Files.readAllBytes(file), Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    void write(byte[] content, Instant at) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path next = Files.createTempFile(folder, "rota-", ".next");
        try {
            Files.write(next, content);
            Files.setLastModifiedTime(next, FileTime.from(at));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** It is still what the feed has. */
    void confirm(Instant at) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(at));
    }
}
