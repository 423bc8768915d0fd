package dev.mackerelredmine.escalation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a person or a group is reached.
 *
 * @param name as Redmine shows it
 * @param contacts by means: {@code slack} to {@code U012AB}
 */
public record Person(String name, Map<String, String> contacts) {

    public Person {
        contacts = Collections.unmodifiableMap(new LinkedHashMap<>(contacts));
    }
}
