package dev.mackerelredmine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Markdown file as GitHub reads it: headings with their anchors, links, and blocks of code. */
final class MarkdownPage {

    private static final Pattern FENCE = Pattern.compile("\\s*```(.*)");
    private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.+?) *#*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

    /** In shell, properties, units and nginx; a number of a ticket such as '#42' is none. */
    private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#(\\s.*)?$");

    /** One with a name has a form that can be compared; one without is output. */
    record Block(String language, List<String> lines) {

        Block withoutComments() {
            return new Block(
                    language,
                    lines.stream()
                            .map(line -> COMMENT.matcher(line).replaceFirst(""))
                            .toList());
        }
    }

    record Heading(int level, String text) {}

    private final Path file;
    private final List<Heading> headings = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, Block> firstBlocks = new HashMap<>();
    private final List<String> prose = new ArrayList<>();

    MarkdownPage(Path file) {
        this.file = file;
        Block block = null;
        for (String line : lines()) {
            Matcher fence = FENCE.matcher(line);
            if (fence.matches()) {
                if (block == null) {
                    block = new Block(fence.group(1).strip(), new ArrayList<>());
                    blocks.add(block);
                    firstBlocks.putIfAbsent(
                            headings.isEmpty()
                                    ? ""
                                    : headings.get(headings.size() - 1).text(),
                            block);
                } else {
                    block = null;
                }
            } else if (block != null) {
                block.lines().add(line.strip());
            } else {
                prose.add(line);
                Matcher heading = HEADING.matcher(line);
                if (heading.matches()) {
                    headings.add(new Heading(heading.group(1).length(), heading.group(2)));
                }
            }
        }
    }

    Path file() {
        return file;
    }

    List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<Integer> levels() {
        return headings.stream().map(Heading::level).toList();
    }

    /** The first line after the title that is not blank. */
    String opening() {
        return prose.stream()
                .filter(line -> !line.isBlank())
                .skip(1)
                .findFirst()
                .orElse("");
    }

    List<Block> blocks() {
        return blocks;
    }

    /** The first block under a heading. */
    Block blockUnder(String heading) {
        return firstBlocks.get(heading);
    }

    /** What stands in backquotes, without the text around it. */
    Set<String> codeSpans() {
        return prose.stream()
                .flatMap(line -> CODE_SPAN.matcher(line).results())
                .map(span -> span.group(1))
                .collect(Collectors.toSet());
    }

    /** Those to files and headings of ours. */
    List<String> links() {
        return prose.stream()
                .map(line -> CODE_SPAN.matcher(line).replaceAll(""))
                .flatMap(line -> LINK.matcher(line).results())
                .map(link -> link.group(1))
                .filter(link -> !link.matches("(https?|mailto):.*"))
                .toList();
    }

    /** As GitHub makes them: small letters, no punctuation, - for a blank, and a number where one comes again. */
    Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        for (Heading heading : headings) {
            String anchor = heading.text()
                    .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
