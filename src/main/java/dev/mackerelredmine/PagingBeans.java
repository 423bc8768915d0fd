package dev.mackerelredmine;

import dev.mackerelredmine.camel.EscalationFiles;
import dev.mackerelredmine.camel.FileReadAgain;
import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.EscalationFileException;
import dev.mackerelredmine.escalation.EscalationReader;
import dev.mackerelredmine.escalation.ical.RotaFeeds;
import dev.mackerelredmine.notice.OperatorNotices;
import dev.mackerelredmine.observe.EscalationMeters;
import dev.mackerelredmine.observe.Meters;
import dev.mackerelredmine.paging.Auditor;
import dev.mackerelredmine.paging.CurrentFile;
import dev.mackerelredmine.paging.Escalating;
import dev.mackerelredmine.paging.GapWatch;
import dev.mackerelredmine.paging.Paging;
import dev.mackerelredmine.paging.RotaWatch;
import dev.mackerelredmine.paging.message.PageText;
import dev.mackerelredmine.settings.EscalationSettings;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.Escalations;
import dev.mackerelredmine.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Makes of the settings what notifies people. Apart from the others, because its classes are needed only where escalation.file is set. */
public final class PagingBeans {

    private PagingBeans() {}

    /** The calendars in which rotas stand. */
    public static RotaFeeds rotaFeeds(Settings settings) {
        return EscalationFiles.feeds(settings);
    }

    /** @throws SettingsException that names all that is wrong in the file: then the service does not start */
    public static CurrentFile currentFile(Settings settings, RotaFeeds feeds) {
        String file = settings.escalation().file();
        EscalationReader reader = EscalationFiles.reader(settings, feeds);
        CurrentFile made = new CurrentFile(file == null ? null : Path.of(file), reader::read);
        try {
            made.begin();
        } catch (EscalationFileException e) {
            throw new SettingsException(e.mistakes());
        }
        return made;
    }

    /** Where policies look who is on call: the service's file, whose calendars another route fetches; without a service, one that is read then. */
    static Supplier<EscalationFile> fileOfPolicies(Settings settings) {
        FileReadAgain withoutService = new FileReadAgain(settings, Beans.clock(settings));
        return () -> {
            CurrentFile ofService =
                    settings.getCamelContext().getRegistry().lookupByNameAndType("currentFile", CurrentFile.class);
            return ofService == null ? withoutService.get() : ofService.now();
        };
    }

    public static Escalating escalating(Settings settings, Store store, CurrentFile file) {
        return new Escalating(
                store,
                file,
                new Escalating.Rules(
                        settings.ticket().holidays(),
                        settings.escalation().handOverWait(),
                        settings.escalation().maxAge()),
                Beans.clock(settings));
    }

    public static Paging paging(Settings settings, Store store, CurrentFile file, PageText text) {
        EscalationSettings limits = settings.escalation();
        MeterRegistry meters = Meters.of(settings.getCamelContext());
        return new Paging(
                store,
                file,
                text,
                new Paging.Limits(limits.maxCalls(), limits.maxMessages(), settings.isPreview(), settings.address()),
                (means, outcome) -> EscalationMeters.page(meters, means, outcome));
    }

    /** @param all to which its notices are added */
    public static Auditor auditor(Settings settings, Store store, CurrentFile file, OperatorNotices all) {
        Auditor made = new Auditor(
                store,
                file,
                Beans.sentences(settings),
                new Auditor.Limits(
                        Escalations.LEASE.plus(Duration.ofMinutes(1)),
                        settings.escalation().handOverWait(),
                        settings.address()),
                Beans.clock(settings));
        all.add(made);
        return made;
    }

    /** @param all to which its notices are added */
    public static RotaWatch rotaWatch(
            Settings settings, Store store, CurrentFile file, RotaFeeds feeds, OperatorNotices all) {
        RotaWatch made = new RotaWatch(feeds, file, store, Beans.sentences(settings), Beans.clock(settings));
        all.add(made);
        return made;
    }

    /** @param all to which its notices are added */
    public static GapWatch gapWatch(Settings settings, Store store, CurrentFile file, OperatorNotices all) {
        GapWatch made = new GapWatch(
                file, settings.ticket().holidays(), store, Beans.sentences(settings), Beans.clock(settings));
        all.add(made);
        return made;
    }

    public static EscalationMeters meters(Settings settings, Store store, Auditor auditor) {
        return new EscalationMeters(
                Meters.of(settings.getCamelContext()),
                () -> store.escalations().running().size(),
                auditor::stuck);
    }
}
