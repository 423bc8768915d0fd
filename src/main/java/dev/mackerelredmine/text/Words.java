package dev.mackerelredmine.text;

import java.io.IOException;
import java.io.StringReader;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The words of one language: those inside the jar, and what an operator's file has in place of some of them. */
final class Words {

    private Words() {}

    static Map<String, String> of(TextFiles files, String language) {
        String name = language + ".properties";
        Map<String, String> words = read(name, TextFiles.builtIn(name));
        files.own(name).map(text -> read(files.path(name), text)).ifPresent(own -> {
            own.keySet().stream()
                    .filter(word -> !words.containsKey(word))
                    .findFirst()
                    .ifPresent(word -> {
                        throw new TextsException(files.path(name) + ": there is no word " + word, null);
                    });
            words.putAll(own);
        });
        return Collections.unmodifiableMap(words);
    }

    private static Map<String, String> read(String name, String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new TextsException(name + ": " + e.getMessage(), e);
        }
        Map<String, String> words = new TreeMap<>();
        properties.forEach(
                (word, value) -> words.put(word.toString(), value.toString().strip()));
        return words;
    }
}
