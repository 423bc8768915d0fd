package dev.mackerelredmine.settings;

/** The file that {@code init} writes, for people to edit: it counts before application.properties. */
public final class LocalSettings {

    public static final String FILE = "local.properties";

    private LocalSettings() {}
}
