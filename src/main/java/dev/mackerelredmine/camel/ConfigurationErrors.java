package dev.mackerelredmine.camel;

import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.StoreException;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds in what Camel threw the error that a person has to correct first. */
public final class ConfigurationErrors {

    private ConfigurationErrors() {}

    public static Optional<RuntimeException> in(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause instanceof SettingsException || cause instanceof StoreException)
                .map(RuntimeException.class::cast)
                .findFirst();
    }
}
