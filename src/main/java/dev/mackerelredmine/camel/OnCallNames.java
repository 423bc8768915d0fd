package dev.mackerelredmine.camel;

import dev.mackerelredmine.escalation.EscalationFile;
import dev.mackerelredmine.escalation.Rota;
import dev.mackerelredmine.settings.NearestName;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.ticket.policy.OnCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the person in the place of {@code on-call:primary}. Where nobody is on call it stays as it is, and the log says why, once a minute
 * for each rota.
 */
public final class OnCallNames {

    private static final Logger LOG = LoggerFactory.getLogger(OnCallNames.class);
    private static final Duration ONCE = Duration.ofMinutes(1);

    private final Supplier<EscalationFile> file;
    private final InstantSource clock;
    private final Map<String, Instant> warned = new ConcurrentHashMap<>();

    /** @param file escalation.yaml as it is now, asked only where a rota is named; null where escalation.file is not set */
    public OnCallNames(Supplier<EscalationFile> file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    String name(String text) {
        return OnCall.rota(text).flatMap(this::person).orElse(text);
    }

    private Optional<String> person(String name) {
        Instant now = clock.instant();
        Answer answer = rota(name);
        if (answer.rota() == null) {
            warn(name, answer.mistake(), now);
            return Optional.empty();
        }
        Optional<String> person = answer.rota().onCall(now);
        if (person.isEmpty()) {
            warn(name, "nobody is on call in it now", now);
        }
        return person;
    }

    /** Why nobody is ever on call in this rota; empty where somebody may be. */
    Optional<String> mistake(String name) {
        return Optional.ofNullable(rota(name).mistake());
    }

    /** One of the two is null. */
    private record Answer(Rota rota, String mistake) {}

    private Answer rota(String name) {
        if (file == null) {
            return new Answer(null, SettingNames.both("escalation.file") + " is not set");
        }
        try {
            Map<String, Rota> rotas = file.get().rotas();
            Rota rota = rotas.get(name);
            return rota == null
                    ? new Answer(null, "escalation.file has no such rota" + NearestName.question(name, rotas.keySet()))
                    : new Answer(rota, null);
        } catch (SettingsException e) {
            return new Answer(null, e.getMessage().lines().collect(Collectors.joining("; ")));
        }
    }

    private void warn(String name, String why, Instant now) {
        Instant last = warned.get(name);
        if (last == null || !now.isBefore(last.plus(ONCE))) {
            warned.put(name, now);
            LOG.warn("Nobody is on call in the rota {}, so tickets go to the settings' assignee: {}", name, why);
        }
    }
}
