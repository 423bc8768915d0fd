package dev.mackerelredmine.settings;

/**
 * A setting that has a value.
 *
 * @param value as it stands; of a secret a word in its place
 * @param from where it stands: default, the name of a file, environment, or system property
 */
public record SettingInForce(String name, String value, String from) {}
