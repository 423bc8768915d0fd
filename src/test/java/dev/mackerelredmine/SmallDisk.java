package dev.mackerelredmine;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A disk of 16 MB, in memory, that can be full. Only root can mount one: for others a test that needs it is left out. */
final class SmallDisk implements AutoCloseable {

    private static final byte[] BLOCK = new byte[4096];

    private final Path folder;
    private final Path filling;

    SmallDisk(Path folder) throws Exception {
        if (run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder.toString()) != 0) {
            abort("a disk can be mounted by root only");
        }
        this.folder = folder;
        filling = folder.resolve("filling");
    }

    Path folder() {
        return folder;
    }

    /** To the last block. */
    void fill() throws IOException {
        try (OutputStream file = Files.newOutputStream(filling)) {
            while (true) {
                file.write(BLOCK);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(filling);
    }

    /** What is still open there is let go when it is closed. */
    @Override
    public void close() throws Exception {
        run("umount", "--lazy", folder.toString());
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        process.waitFor(10, TimeUnit.SECONDS);
        return process.exitValue();
    }
}
