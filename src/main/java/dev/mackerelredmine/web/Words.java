package dev.mackerelredmine.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Properties;

/** What the pages say, in one language. */
enum Words {
    EN("en"),
    JA("ja");

    private final String language;
    private final Properties words = new Properties();

    Words(String language) {
        this.language = language;
        try (InputStream file = Words.class.getResourceAsStream("/web/" + language + ".properties")) {
            words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String language() {
        return language;
    }

    /** {0} and {1} stand for what is put in. */
    String say(String word, Object... values) {
        String text = words.getProperty(word);
        if (text == null) {
            throw new MissingResourceException("there is no word " + word, "web/" + language, word);
        }
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }

    boolean has(String word) {
        return words.containsKey(word);
    }

    /** As the browser asks; English where it wants neither. */
    static Words asked(String acceptLanguage) {
        if (acceptLanguage == null) {
            return EN;
        }
        try {
            return Locale.LanguageRange.parse(acceptLanguage).stream()
                    .filter(range -> range.getWeight() > 0)
                    .map(range -> range.getRange().replaceFirst("-.*", ""))
                    .filter(range -> range.equals("ja") || range.equals("en"))
                    .findFirst()
                    .map(range -> range.equals("ja") ? JA : EN)
                    .orElse(EN);
        } catch (IllegalArgumentException e) {
            return EN;
        }
    }
}
