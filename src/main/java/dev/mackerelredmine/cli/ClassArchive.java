package dev.mackerelredmine.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which Java keeps the classes of a start, read and checked, so that the next start takes less CPU: a dynamic archive
 * (JEP 350), from Java 25 on a cache (JEP 514). Java writes it at the end of a training run: a second Java that starts the service in an
 * empty folder, without any of this service's settings. It is written beside and renamed, so it is whole or not there.
 *
 * <p>{@code bin/mackerel-redmine} says where: the file's name holds a checksum of Java's build, of the folder and of the jars, because an
 * archive fits those alone. Without it a start only takes longer.
 */
final class ClassArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

    private static final String FILE = "mackerel-redmine.class-archive";
    private static final String STARTS_WITH = "start-";
    private static final String OF_JAVA_25 = ".aot";

    /** A service that is only tried out, or is started again and again, is not to make one. */
    private static final Duration AFTER_START = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** The second Java takes as much memory as the service: with less than this, it would take it from the service. */
    private static final long LEAST_MEMORY = 512L << 20;

    private static final List<String> FLAGS_THAT_COUNT = List.of("-Xm", "-Xs", "-XX:+Use", "-XX:-Use", "-XX:Tiered");

    private final Path file;
    private volatile boolean isStopped;

    private ClassArchive(Path file) {
        this.file = file;
    }

    /** None where Java was started by something else than {@code bin/mackerel-redmine}, or with an archive of the caller's own. */
    static Optional<ClassArchive> ofThisStart() {
        return Optional.ofNullable(System.getProperty(FILE)).map(Path::of).map(ClassArchive::new);
    }

    Path file() {
        return file;
    }

    /** A while after the start, at the lowest priority, unless there is one. */
    void makeInBackground() {
        if (Files.exists(file) || memory() < LEAST_MEMORY) {
            return;
        }
        Thread maker = new Thread(this::makeQuietly, "class-archive");
        maker.setDaemon(true);
        maker.start();
    }

    private void makeQuietly() {
        try {
            TimeUnit.MILLISECONDS.sleep(AFTER_START.toMillis());
            Instant began = Instant.now();
            make("nice", "-n", "19");
            LOG.info(
                    "The next start takes less CPU: its classes are in {} ({} MB, made in {} s)",
                    file,
                    Files.size(file) >> 20,
                    Duration.between(began, Instant.now()).toSeconds());
        } catch (IOException e) {
            if (isStopped) {
                return;
            }
            LOG.info("There is no class archive, so the next start takes as long as this one: {}", e.getMessage());
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @param with what the second Java is started by
     * @throws IOException that says why there is none
     */
    void make(String... with) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(file.getParent()), STARTS_WITH);
        try {
            Path made = folder.resolve(file.getFileName());
            Path output = folder.resolve("output");
            ProcessBuilder builder = new ProcessBuilder(trainingRun(List.of(with), made))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
            // No setting of this service: what the second Java does must not reach the real Redmine.
            builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
            int exitCode = exitCode(builder.start(), folder);
            if (exitCode != 0 || !Files.exists(made)) {
                throw new IOException("the training run ended with " + exitCode + ", and its last line was \""
                        + lastLine(output) + "\"");
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            deleteOthers();
        } finally {
            delete(folder);
        }
    }

    private List<String> trainingRun(List<String> with, Path made) {
        List<String> command = new ArrayList<>(with);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> FLAGS_THAT_COUNT.stream().anyMatch(flag::startsWith))
                .forEach(command::add);
        command.add((isOfJava25() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + made);
        command.addAll(List.of("-Dfile.encoding=UTF-8", "-jar", System.getProperty("java.class.path")));
        command.add(TrainingRunCommand.NAME);
        return command;
    }

    private boolean isOfJava25() {
        return file.getFileName().toString().endsWith(OF_JAVA_25);
    }

    /** Whoever stops this Java does not wait for the second one, and finds nothing of it. */
    private int exitCode(Process run, Path folder) throws IOException, InterruptedException {
        Thread end = new Thread(() -> {
            isStopped = true;
            kill(run);
            delete(folder);
        });
        Runtime.getRuntime().addShutdownHook(end);
        try {
            if (!run.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the training run did not end in " + LONGEST.toMinutes() + " minutes");
            }
            return run.exitValue();
        } finally {
            kill(run);
            forget(end);
        }
    }

    private static void kill(Process run) {
        run.descendants().forEach(ProcessHandle::destroyForcibly);
        run.destroyForcibly();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException whenItStops) {
            LOG.debug("It is running already", whenItStops);
        }
    }

    private static String lastLine(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** Those of an older release or Java, and what a killed service left. */
    private void deleteOthers() throws IOException {
        Instant longAgo = Instant.now().minus(LONGEST);
        try (Stream<Path> files = Files.list(file.getParent())) {
            for (Path other : files.toList()) {
                if (other.getFileName().toString().startsWith(STARTS_WITH)
                        && !other.equals(file)
                        && (!Files.isDirectory(other)
                                || Files.getLastModifiedTime(other).toInstant().isBefore(longAgo))) {
                    delete(other);
                }
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException | UncheckedIOException inUse) {
            LOG.debug("Is deleted the next time", inUse);
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
    }
}
