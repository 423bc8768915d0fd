package dev.mackerelredmine.camel;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.EscalationFileException;
import dev.mackerelredmine.escalation.EscalationReader;
import dev.mackerelredmine.escalation.IcalRotas;
import dev.mackerelredmine.escalation.ical.RotaFeeds;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelContext;

/** Reads escalation.yaml with Camel's placeholders. */
public final class EscalationFiles {

    private EscalationFiles() {}

    /**
     * For a command: the file that the settings name; an empty one where they name none.
     *
     * @throws SettingsException that names all that is wrong in it
     */
    public static EscalationFile read(Settings settings) {
        String file = settings.escalation().file();
        return file == null ? EscalationFile.EMPTY : read(Path.of(file), settings);
    }

    /** For a command. @throws SettingsException that names all that is wrong in it */
    public static EscalationFile read(Path file, Settings settings) {
        try {
            return readerOfCommand(settings).read(file);
        } catch (EscalationFileException e) {
            throw new SettingsException(e.mistakes());
        }
    }

    /** For a command beside the service: calendars are fetched once, and nothing is kept. */
    public static EscalationReader readerOfCommand(Settings settings) {
        return reader(settings, RotaFeeds.forCommand(folder(settings), Clock.systemUTC()));
    }

    /** @param icals makes the rotas that stand in calendars */
    public static EscalationReader reader(Settings settings, IcalRotas icals) {
        CamelContext camelContext = settings.getCamelContext();
        return new EscalationReader(camelContext::resolvePropertyPlaceholders, Means.of(camelContext), icals);
    }

    /** Of the service: it keeps the copies beside the store. */
    public static RotaFeeds feeds(Settings settings) {
        return new RotaFeeds(folder(settings), Clock.systemUTC());
    }

    private static Path folder(Settings settings) {
        return Store.folder(settings.store().url());
    }
}
