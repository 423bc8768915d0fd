package dev.mackerelredmine.text;

import freemarker.core.OutputFormat;
import freemarker.core.PlainTextOutputFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The templates and words of which tickets are written: those inside the jar, and those of a folder, which count instead, file by file.
 * All are read once; one that cannot be used is a {@link TextsException}. Should one of the folder fail later on, the jar's own is
 * used and an ERROR says so, because an alert is worth more than its form.
 */
public final class Texts {

    private static final Logger LOG = LoggerFactory.getLogger(Texts.class);

    private final Path folder;
    private final Map<String, String> words;
    private final Map<String, TextTemplate> builtIn = new LinkedHashMap<>();
    private final Map<String, TextTemplate> own = new LinkedHashMap<>();

    /**
     * @param format the part of the templates' names that says for which text format they are
     * @param escape makes text that Redmine shows as it is
     */
    public Texts(Path folder, String language, String format, UnaryOperator<String> escape) {
        this.folder = folder;
        TextFiles files = new TextFiles(folder);
        files.checkNames();
        words = Words.of(files, language);
        OutputFormat redmine = new RedmineOutputFormat(escape);
        for (String name : List.of("subject", "incident-subject")) {
            read(files, name, name + ".ftl", PlainTextOutputFormat.INSTANCE);
        }
        for (String name : List.of("description", "note", "incident")) {
            read(files, name, name + "." + format + ".ftl", redmine);
        }
    }

    /** What the template makes of these values. */
    public String fill(String template, Map<String, ?> values) {
        if (!own.containsKey(template)) {
            return builtIn.get(template).fill(values);
        }
        try {
            return own.get(template).fill(values);
        } catch (TextsException e) {
            LOG.error("{}. The text inside the jar is used instead: correct the file, and restart", e.getMessage());
            return builtIn.get(template).fill(values);
        }
    }

    /** Whether there is a folder, of which any file may have a fault. Those inside the jar are tried out by the tests. */
    public boolean mayBeEdited() {
        return Files.isDirectory(folder);
    }

    /** The same, except that a template of the folder that fails is a {@link TextsException}. */
    public String tryOut(String template, Map<String, ?> values) {
        return own.getOrDefault(template, builtIn.get(template)).fill(values);
    }

    /** The words of the language; {0} and {1} stand for what is put in. */
    public Map<String, String> words() {
        return words;
    }

    private void read(TextFiles files, String template, String file, OutputFormat format) {
        builtIn.put(template, new TextTemplate(file, TextFiles.builtIn(file), format));
        files.own(file)
                .map(source -> new TextTemplate(files.path(file), source, format))
                .ifPresent(mine -> own.put(template, mine));
    }
}
