package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages say the same in both languages, and what they point to is there, in the sources and in the distribution. */
@Tag("fast")
final class DocsTest {

    private static final int LONGEST_README = 150;

    private static final Path ENGLISH = Path.of("docs");
    private static final Path JAPANESE = Path.of("docs/ja");

    /** English only. */
    private static final Set<String> WITHOUT_TWIN = Set.of("reliability.md");

    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", "data", ".state");

    private static final Pattern NAME_OF_PAGE = Pattern.compile("\\bdocs/[\\w/-]+\\.md(#[\\p{L}\\p{N}_-]+)?");

    /** What both languages write alike: settings, variables, metrics, files. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z/][\\w/*-]*[._][\\w./*-]*[\\w*]");

    record Twins(MarkdownPage english, MarkdownPage japanese) {

        static Twins of(String english, String japanese) {
            return new Twins(new MarkdownPage(Path.of(english)), new MarkdownPage(Path.of(japanese)));
        }

        @Override
        public String toString() {
            return english.toString();
        }
    }

    static Stream<Twins> twins() throws IOException {
        return Stream.concat(
                Stream.of(
                        Twins.of("README.md", "README.ja.md"),
                        Twins.of("deploy/aws/README.md", "deploy/aws/README.ja.md")),
                pages());
    }

    /** A page without its twin is found by one test, and hides no other mistake. */
    static Stream<Twins> pages() throws IOException {
        return names(ENGLISH).stream()
                .filter(names(JAPANESE)::contains)
                .map(name -> Twins.of(
                        ENGLISH.resolve(name).toString(), JAPANESE.resolve(name).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ja.md"})
    void a_readme_is_short(String readme) throws IOException {
        assertThat(Files.readAllLines(Path.of(readme))).hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    @Test
    void each_page_is_there_in_both_languages() throws IOException {
        Set<String> english = names(ENGLISH);
        english.removeAll(WITHOUT_TWIN);

        assertThat(names(JAPANESE)).isEqualTo(english).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_begins_with_the_question_that_it_answers(Twins page) {
        assertThat(page.english().opening()).matches("\\*\\*.+\\?\\*\\*");
        assertThat(page.japanese().opening()).matches("\\*\\*.+\\?\\*\\*");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_leads_to_its_twin(Twins page) {
        String name = page.english().file().getFileName().toString();

        assertThat(page.english().links()).contains("ja/" + name);
        assertThat(page.japanese().links()).contains("../" + name);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void both_languages_have_the_same_headings(Twins page) {
        assertThat(page.japanese().levels()).isEqualTo(page.english().levels());
    }

    @ParameterizedTest
    @MethodSource("twins")
    void both_languages_have_the_same_commands(Twins page) {
        assertThat(commands(page.japanese())).isEqualTo(commands(page.english()));
        assertThat(page.japanese().blocks()).hasSameSizeAs(page.english().blocks());
    }

    private static List<MarkdownPage.Block> commands(MarkdownPage page) {
        return page.blocks().stream()
                .filter(block -> !block.language().isEmpty())
                .map(MarkdownPage.Block::withoutComments)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("twins")
    void both_languages_name_the_same_settings_and_files(Twins page) {
        assertThat(writtenAlike(page.japanese())).isEqualTo(writtenAlike(page.english()));
    }

    private static Set<String> writtenAlike(MarkdownPage page) {
        return page.codeSpans().stream().filter(NAME.asMatchPredicate()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void each_link_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (MarkdownPage page : all()) {
            for (String link : page.links()) {
                if (!leadsSomewhere(target(page, link), anchor(link))) {
                    broken.add(page + ": " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    private static Path target(MarkdownPage page, String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
    }

    private static String anchor(String link) {
        return link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
    }

    private static boolean leadsSomewhere(Path target, String anchor) {
        return Files.exists(target)
                && (anchor.isEmpty() || new MarkdownPage(target).anchors().contains(anchor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ja.md"})
    void a_readme_leads_to_each_page(String readme) throws IOException {
        Path pages = readme.equals("README.md") ? ENGLISH : JAPANESE;
        MarkdownPage page = new MarkdownPage(Path.of(readme));
        List<Path> targets =
                page.links().stream().map(link -> target(page, link)).toList();

        assertThat(targets)
                .containsAll(names(pages).stream().map(pages::resolve).toList())
                .contains(Path.of("docs/reliability.md"), Path.of("docs/design/README.md"));
    }

    @Test
    void the_distribution_has_what_its_pages_lead_to() throws Exception {
        Distribution distribution = Distribution.read();
        Set<String> missing = new TreeSet<>();
        List<MarkdownPage> shipped =
                all().stream().filter(page -> distribution.has(page.file())).toList();
        for (MarkdownPage page : shipped) {
            for (String link : page.links()) {
                Path target = target(page, link);
                if (!Files.isDirectory(target) && !distribution.has(target)) {
                    missing.add(page + ": " + link);
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(shipped)
                .extracting(MarkdownPage::file)
                .contains(Path.of("README.md"), ENGLISH.resolve("install.md"), JAPANESE.resolve("install.md"));
    }

    /** Messages, comments and scripts. */
    @Test
    void each_page_that_is_named_elsewhere_is_there() throws IOException {
        Set<String> namedByTheProgram = new TreeSet<>();
        Set<String> broken = new TreeSet<>();
        for (Path file : files(file -> !file.toString().endsWith(".md"))) {
            NAME_OF_PAGE.matcher(read(file)).results().map(name -> name.group()).forEach(name -> {
                if (file.startsWith("src/main")) {
                    namedByTheProgram.add(name);
                }
                if (!leadsSomewhere(Path.of(name.replaceFirst("#.*", "")), anchor(name))) {
                    broken.add(file + ": " + name);
                }
            });
        }

        assertThat(broken).isEmpty();
        assertThat(namedByTheProgram).contains("docs/webhook-api.md#answers", "docs/ja/webhook-api.md#応答");
    }

    /** Who reads its figures finds what measured them. */
    @Test
    void the_page_of_the_benches_has_a_section_for_each_of_them() throws IOException {
        Set<String> benches = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("bench"))) {
            files.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .forEach(file -> benches.add(file.toString()));
        }
        Set<String> sections = Files.readAllLines(Path.of("bench/README.md")).stream()
                .filter(line -> line.startsWith("## `"))
                .map(line -> line.replaceAll("^## `|`.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(benches).contains("bench/accept", "bench/peers/run");
        assertThat(sections).isEqualTo(benches);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (MalformedInputException binary) {
            return "";
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<MarkdownPage> all() throws IOException {
        return files(file -> file.toString().endsWith(".md")).stream()
                .map(MarkdownPage::new)
                .toList();
    }

    private static List<Path> files(Function<Path, Boolean> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(Path.of(""), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.getFileName() != null
                                && NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (wanted.apply(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
