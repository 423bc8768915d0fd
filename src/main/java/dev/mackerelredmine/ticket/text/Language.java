package dev.mackerelredmine.ticket.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which language tickets are written. */
public enum Language {
    EN,
    JA;

    public static Optional<Language> of(String word) {
        return Arrays.stream(values())
                .filter(language -> language.toString().equals(word))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
