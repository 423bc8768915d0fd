package dev.mackerelredmine.camel;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * escalation.yaml and its calendars for a command or a Lambda function, which has no timer to fetch them: read at the first use, and again
 * after five minutes.
 */
public final class FileReadAgain implements Supplier<EscalationFile> {

    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Settings settings;
    private final InstantSource clock;
    private EscalationFile file;
    private Instant read;

    public FileReadAgain(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws SettingsException that names all that is wrong in it */
    @Override
    public synchronized EscalationFile get() {
        Instant now = clock.instant();
        if (file == null || !now.isBefore(read.plus(FRESH))) {
            file = EscalationFiles.read(settings);
            read = now;
        }
        return file;
    }
}
