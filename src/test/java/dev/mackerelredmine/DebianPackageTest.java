package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build makes for the Debian package, and what it takes for it from elsewhere. e2e/deb/run installs the package. */
@Tag("service")
class DebianPackageTest {

    private static final Path GENERATOR = Path.of("src/deb/java/PackageFiles.java");
    private static final List<String> COMMANDS = List.of(
            "backup",
            "check",
            "class-archive",
            "config",
            "demo",
            "escalations",
            "explain",
            "init",
            "notify",
            "parked",
            "pause",
            "replay",
            "report",
            "resume",
            "rota",
            "run",
            "status");
    private static final Map<String, List<String>> SUBCOMMANDS = Map.of(
            "escalations", List.of("list", "pause", "resume", "stop"),
            "notify", List.of("test"),
            "parked", List.of("drop", "list", "retry"));

    @TempDir
    static Path folder;

    @BeforeAll
    static void make() throws Exception {
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GENERATOR.toString(),
                        folder.toString(),
                        "1.2.3",
                        "2026-11-22T09:30:00Z")
                .inheritIO()
                .start();
        assertThat(generator.waitFor()).isZero();
    }

    @Test
    void each_command_has_a_page_and_a_hidden_one_has_none() throws IOException {
        try (Stream<Path> pages = Files.list(folder.resolve("man"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(Stream.of(""), COMMANDS.stream().map(command -> "-" + command), subcommands())
                                    .flatMap(names -> names)
                                    .map(name -> "mackerel-redmine" + name + ".1.gz")
                                    .toList());
        }
    }

    private static Stream<String> subcommands() {
        return SUBCOMMANDS.entrySet().stream()
                .flatMap(command -> command.getValue().stream().map(name -> "-" + command.getKey() + "-" + name));
    }

    @Test
    void a_page_says_what_the_command_line_says() throws IOException {
        assertThat(unpacked("man/mackerel-redmine-backup.1.gz").lines())
                .contains(
                        ".TH MACKEREL-REDMINE-BACKUP 1 2026-11-22 \"mackerel-redmine 1.2.3\" \"User Commands\"",
                        "mackerel\\-redmine backup [\\-hV] FILE",
                        ".B FILE",
                        ".B \\-h, \\-\\-help",
                        "Ends with 0; with 2 when the file exists already or cannot be written, or there is no store.")
                .noneMatch(line -> line.startsWith("'"));
        assertThat(unpacked("man/mackerel-redmine-replay.1.gz").lines())
                .contains(".B \\-\\-since=TIME", ".B \\-\\-alert=ID");
        assertThat(unpacked("man/mackerel-redmine-parked-drop.1.gz").lines())
                .contains(".B \\-\\-reason=TEXT", ".BR mackerel\\-redmine\\-parked (1),");
        assertThat(unpacked("man/mackerel-redmine-parked.1.gz").lines())
                .contains(".BR mackerel\\-redmine\\-parked\\-drop (1)");
        assertThat(unpacked("man/mackerel-redmine.1.gz").lines())
                .contains(".SH COMMANDS", ".BR mackerel\\-redmine\\-check (1)", ".SH NOTES");
    }

    @Test
    void both_shells_complete_each_command_and_option() throws IOException {
        String bash = Files.readString(folder.resolve("bash/mackerel-redmine"));
        String zsh = Files.readString(folder.resolve("zsh/_mackerel-redmine"));

        assertThat(List.of(bash, zsh))
                .allSatisfy(script -> assertThat(script)
                        .contains(COMMANDS)
                        .contains("--dry-run", "--since", "--json")
                        .doesNotContain("training-run"));
        assertThat(bash).contains("complete -F _complete_mackerel-redmine").doesNotStartWith("#!");
        assertThat(zsh)
                .startsWith("#compdef mackerel-redmine\n")
                .containsPattern("parked\\) _arguments .*'--reason=.*'1:COMMAND:\\(drop list retry\\)'.*'\\*:ID: '");
    }

    @Test
    void the_packaged_settings_differ_in_where_the_store_is() throws IOException {
        List<String> packaged = Files.readAllLines(folder.resolve("etc/application.properties"));
        List<String> ours = Files.readAllLines(Path.of("application.properties"));

        assertThat(packaged).hasSameSizeAs(ours);
        assertThat(packaged.stream().filter(line -> !ours.contains(line)))
                .containsExactly("store.url=jdbc:sqlite:/var/lib/mackerel-redmine/mackerel-redmine.db");
    }

    @Test
    void debian_reads_its_changelog() throws IOException {
        assertThat(unpacked("doc/changelog.Debian.gz"))
                .startsWith("mackerel-redmine (1.2.3-1) unstable; urgency=medium\n")
                .endsWith(">  Sun, 22 Nov 2026 09:30:00 +0000\n");
        assertThat(unpacked("doc/changelog.gz")).isEqualTo(Files.readString(Path.of("CHANGELOG.md")));
    }

    private static String unpacked(String file) throws IOException {
        byte[] packed = Files.readAllBytes(folder.resolve(file));
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** So that what is added to the one's sandbox is added to the other's. */
    @Test
    void its_unit_is_that_of_the_distribution_with_other_folders() throws IOException {
        assertThat(lines("src/deb/mackerel-redmine.service"))
                .isEqualTo(lines("deploy/systemd/mackerel-redmine.service")
                        .replace("WorkingDirectory=/opt/", "WorkingDirectory=/etc/")
                        .replace("ExecStart=/opt/mackerel-redmine/bin/", "ExecStart=/usr/bin/")
                        .replace(
                                "ReadWritePaths=/opt/mackerel-redmine/data",
                                "StateDirectory=mackerel-redmine\nStateDirectoryMode=0750\n"
                                        + "CacheDirectory=mackerel-redmine\nCacheDirectoryMode=0750"));
    }

    private static String lines(String unit) throws IOException {
        return String.join(
                "\n",
                Files.readAllLines(Path.of(unit)).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList());
    }

    /** A file in /etc counts before the jar's, and dpkg keeps an edited one: so no folder of routes/, which belong to a release, is there. */
    @Test
    void what_the_package_puts_into_etc_is_what_engineers_edit() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        var folders = new TreeSet<String>();
        for (String data : pom.substring(pom.indexOf("<dataSet>"), pom.indexOf("</dataSet>"))
                .split("</data>")) {
            if (data.contains("<prefix>/etc/")) {
                assertThat(data).contains("<conffile>true</conffile>");
                folders.add(data.replaceAll("(?s).*<src>(.*)</src>.*", "$1"));
                assertThat(data).doesNotContain("**");
            } else {
                assertThat(data).doesNotContain("<conffile>");
            }
        }

        assertThat(folders)
                .containsExactly(
                        "${project.build.directory}/deb/etc/application.properties",
                        "routes",
                        "src/main/resources/texts");
    }
}
