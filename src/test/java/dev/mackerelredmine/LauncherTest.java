package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bin/mackerel-redmine gives to Java: here a script that shows it. */
@Tag("service")
class LauncherTest {

    private static final String SHOWS =
            "#!/bin/sh\nprintf '%s\\n' \"$@\"\nenv | grep -E '^(PWD=|MACKEREL_REDMINE_FOLDER|(REDMINE|TICKET|GATE)_)'\n";

    @TempDir
    Path folder;

    private Path environment;
    private String javaOptions = "";
    private String cacheDirectory = "";
    private String workingFolder = "";

    @BeforeEach
    void unpack() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("service/bin"));
        Files.copy(Path.of("src/main/dist/bin/mackerel-redmine"), bin.resolve("mackerel-redmine"));
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, SHOWS);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        environment = Files.writeString(
                folder.resolve("service.env"),
                "# the service's\nREDMINE_URL=https://redmine.example.jp\n\n"
                        + "REDMINE_APIKEY=\"a$b `c`\"\nTICKET_LANGUAGE='ja'\nnot a setting\nREDMINE_PROJECT=x=y");
    }

    private String started(String... arguments) throws Exception {
        Path caller = Files.createDirectories(folder.resolve("where the caller stands"));
        var command = new ArrayList<>(
                List.of("sh", folder.resolve("service/bin/mackerel-redmine").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(caller.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(REDMINE|TICKET|GATE|JAVA)_.*"));
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().put("JAVA_OPTS", javaOptions);
        builder.environment().put("CACHE_DIRECTORY", cacheDirectory);
        builder.environment().put("MACKEREL_REDMINE_FOLDER", workingFolder);
        builder.environment().put("TICKET_LANGUAGE", "en");
        builder.environment().put("MACKEREL_REDMINE_ENV", environment.toString());
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void gives_a_command_the_services_environment_file_as_it_is_written_and_says_so() throws Exception {
        assertThat(started("explain", "--alert", "2bj"))
                .contains("reads the settings in " + environment)
                .contains("REDMINE_URL=https://redmine.example.jp\n")
                .contains("REDMINE_APIKEY=a$b `c`\n")
                .contains("REDMINE_PROJECT=x=y\n");
    }

    @Test
    void lets_what_the_caller_has_set_count_before_the_file() throws Exception {
        assertThat(started("check")).contains("TICKET_LANGUAGE=en\n");
    }

    /** The Debian package has the program apart from what people edit. */
    @Test
    void runs_the_program_of_its_own_folder_in_another_one() throws Exception {
        workingFolder = Files.createDirectories(folder.resolve("etc")).toString();

        assertThat(started())
                .contains("PWD=" + workingFolder + "\n")
                .contains("-jar\n" + folder.resolve("service") + "/mackerel-redmine.jar\n")
                .doesNotContain("MACKEREL_REDMINE_FOLDER");
    }

    @Test
    void gives_the_service_only_what_whoever_starts_it_gives_it() throws Exception {
        assertThat(started()).doesNotContain("REDMINE_");
        assertThat(started("run")).doesNotContain("REDMINE_");
    }

    @Test
    void starts_java_with_little_memory_and_one_compiler() throws Exception {
        assertThat(started())
                .contains(
                        "-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n-Xms32m\n-Xmx96m\n-Xmn8m\n-XX:MinHeapFreeRatio=20\n-XX:MaxHeapFreeRatio=40\n-Xss512k\n-XX:+ExitOnOutOfMemoryError\n");
    }

    @Test
    void lets_the_flags_of_the_caller_count_before_its_own() throws Exception {
        javaOptions = "-Xmx256m";

        assertThat(started()).containsSubsequence("-Xmx96m\n", "-Xmx256m\n").contains("-XX:+UseSerialGC\n");
    }

    @Test
    void leaves_the_collector_to_a_caller_who_names_one() throws Exception {
        javaOptions = "-XX:+UseG1GC";

        assertThat(started()).contains("-XX:+UseG1GC\n", "-Xmx96m\n").doesNotContain("UseSerialGC");
    }

    @Test
    void says_where_the_caller_stands_so_that_files_are_found_from_there() throws Exception {
        assertThat(started("explain", "file.json"))
                .contains("-Dmackerel-redmine.called-from=" + folder.resolve("where the caller stands") + "\n");
    }

    @Nested
    class The_class_archive {

        private static final String JAVA_17 = "JAVA_VERSION=\"17.0.15\"\n";
        private static final String JAVA_25 = "JAVA_VERSION=\"25\"\n";
        private static final String IS_TO_BE = "-Dmackerel-redmine.class-archive=";

        private Path release;

        @BeforeEach
        void java17() throws IOException {
            release = Files.writeString(folder.resolve("java/release"), JAVA_17);
            Files.writeString(folder.resolve("service/mackerel-redmine.jar"), "the jar");
            Files.createDirectories(folder.resolve("service/lib"));
            Files.writeString(folder.resolve("service/lib/a library.jar"), "a library");
        }

        private Path told() throws Exception {
            return started()
                    .lines()
                    .filter(line -> line.startsWith(IS_TO_BE))
                    .map(line -> Path.of(line.substring(IS_TO_BE.length())))
                    .findFirst()
                    .orElseThrow();
        }

        private Path made() throws Exception {
            Path file = told();
            Files.createDirectories(file.getParent());
            return Files.writeString(file, "classes");
        }

        @Test
        void is_used_where_there_is_one() throws Exception {
            assertThat(started()).doesNotContain("-XX:SharedArchiveFile");

            Path file = made();

            assertThat(file.getParent()).isEqualTo(folder.resolve("service/data"));
            assertThat(started("check")).contains("-XX:SharedArchiveFile=" + file + "\n");
        }

        @Test
        void is_a_cache_from_java_25_on() throws Exception {
            Files.writeString(release, JAVA_25);

            Path file = made();

            assertThat(started()).contains("-XX:AOTCache=" + file + "\n").doesNotContain("-XX:SharedArchiveFile");
        }

        @Test
        void is_another_for_another_java_another_release_and_another_folder() throws Exception {
            Path first = made();
            Files.writeString(release, JAVA_17 + "SOURCE=\"another build\"\n");
            Path ofAnotherJava = made();
            Files.writeString(folder.resolve("service/mackerel-redmine.jar"), "the jar, changed");
            Path ofAnotherJar = made();
            Files.writeString(folder.resolve("service/lib/a library.jar"), "a library, changed");
            Path ofAnotherLibrary = made();

            assertThat(List.of(first, ofAnotherJava, ofAnotherJar, ofAnotherLibrary))
                    .doesNotHaveDuplicates();
            Files.move(folder.resolve("service"), folder.resolve("service of before"));
            unpack();
            java17();
            assertThat(started()).doesNotContain("-XX:SharedArchiveFile");
        }

        @Test
        void stands_where_systemd_has_caches() throws Exception {
            cacheDirectory = folder.resolve("the cache").toString();

            Path file = made();

            assertThat(file.getParent()).isEqualTo(Path.of(cacheDirectory));
            assertThat(started()).contains("-XX:SharedArchiveFile=" + file + "\n");
        }

        @Test
        void is_left_to_a_caller_who_names_one() throws Exception {
            made();
            javaOptions = "-XX:SharedArchiveFile=their.jsa";

            assertThat(started())
                    .contains("-XX:SharedArchiveFile=their.jsa\n")
                    .doesNotContain(IS_TO_BE)
                    .doesNotContain("/start-");
        }

        @Test
        void is_not_there_for_a_java_that_does_not_say_what_it_is() throws Exception {
            Files.delete(release);

            assertThat(started()).contains("-jar").doesNotContain(IS_TO_BE);
        }
    }
}
