package dev.mackerelredmine.cli;

import java.nio.file.Path;

/** Where the caller of bin/mackerel-redmine stands, which itself goes to the service's folder. */
public final class CallersFolder {

    private static final String PROPERTY = "mackerel-redmine.called-from";

    private CallersFolder() {}

    /** A file of the service's folder, as the caller has to name it. */
    public static Path seenFromThere(Path file) {
        boolean isHere =
                resolve(Path.of("")).toAbsolutePath().equals(Path.of("").toAbsolutePath());
        return isHere ? file : file.toAbsolutePath();
    }

    /** The file that the caller named. */
    static Path resolve(Path named) {
        return Path.of(System.getProperty(PROPERTY, "")).resolve(named);
    }
}
