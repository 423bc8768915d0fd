package dev.mackerelredmine.cli;

import java.util.Map;

/** Who gives a command: with what people do is kept who did it. */
final class Caller {

    private Caller() {}

    /** The person's own login, also where sudo made another of it. */
    static String name() {
        return name(System.getenv(), System.getProperty("user.name"));
    }

    static String name(Map<String, String> environment, String user) {
        String before = environment.get("SUDO_USER");
        if (before != null && !before.isBlank()) {
            return before;
        }
        return user == null || user.isBlank() ? "somebody" : user;
    }
}
