package dev.mackerelredmine;

import dev.mackerelredmine.store.StoreException;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person has to mend before all else, out of what Camel made of it. */
final class WhatToMend {

    private WhatToMend() {}

    static Optional<RuntimeException> in(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause instanceof SettingsException || cause instanceof StoreException)
                .map(RuntimeException.class::cast)
                .findFirst();
    }
}
