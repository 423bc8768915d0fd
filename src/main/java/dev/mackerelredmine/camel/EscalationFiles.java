package dev.mackerelredmine.camel;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.EscalationFileException;
import dev.mackerelredmine.escalation.EscalationReader;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import java.nio.file.Path;
import org.apache.camel.CamelContext;

/** Reads escalation.yaml with Camel's placeholders. */
public final class EscalationFiles {

    private EscalationFiles() {}

    /** The file that the settings name; an empty one where they name none. @throws SettingsException that names all that is wrong in it */
    public static EscalationFile read(Settings settings) {
        String file = settings.escalation().file();
        return file == null ? EscalationFile.EMPTY : read(Path.of(file), settings);
    }

    /** @throws SettingsException that names all that is wrong in it */
    public static EscalationFile read(Path file, Settings settings) {
        try {
            return reader(settings).read(file);
        } catch (EscalationFileException e) {
            throw new SettingsException(e.mistakes());
        }
    }

    public static EscalationReader reader(Settings settings) {
        CamelContext camelContext = settings.getCamelContext();
        return new EscalationReader(camelContext::resolvePropertyPlaceholders, Means.of(camelContext));
    }
}
