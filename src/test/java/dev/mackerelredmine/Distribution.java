package dev.mackerelredmine;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the tar.gz has of the sources, as its assembly says: nothing has to be built to look at it. */
final class Distribution {

    private static final Path ASSEMBLY = Path.of("src/main/dist/distribution.xml");

    private record FileSet(Path folder, List<PathMatcher> included) {

        boolean include(Path file) {
            return included.stream().anyMatch(matcher -> matcher.matches(file));
        }
    }

    private final List<FileSet> sets;

    private Distribution(List<FileSet> sets) {
        this.sets = sets;
    }

    static Distribution read() throws Exception {
        Document assembly =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(ASSEMBLY.toFile());
        return new Distribution(elements(assembly.getElementsByTagName("fileSet"))
                .filter(set -> text(set, "directory").equals("${project.basedir}"))
                .map(set -> new FileSet(
                        Path.of(text(set, "outputDirectory")),
                        elements(set.getElementsByTagName("include"))
                                .map(include ->
                                        FileSystems.getDefault().getPathMatcher("glob:" + include.getTextContent()))
                                .toList()))
                .toList());
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent().strip();
    }

    /** Whether it has a file of the sources at the same place. */
    boolean has(Path file) {
        return sets.stream().anyMatch(set -> set.folder().equals(Path.of(".")) && set.include(file));
    }

    /** Routes and settings, as tar does over what is there. */
    void unpackTo(Path folder) throws IOException {
        for (Path file : routesAndSettings()) {
            for (FileSet set : sets) {
                if (set.include(file)) {
                    Path copy = folder.resolve(set.folder()).resolve(file).normalize();
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static List<Path> routesAndSettings() {
        List<Path> files = new ArrayList<>(RouteFiles.all());
        files.add(Path.of("application.properties"));
        return files;
    }
}
