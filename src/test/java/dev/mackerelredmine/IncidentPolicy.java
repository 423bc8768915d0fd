package dev.mackerelredmine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A policy by which all alerts are of one incident, where there are enough. */
final class IncidentPolicy {

    private IncidentPolicy() {}

    static Path in(Path folder) throws IOException {
        return in(folder, "Shop", "");
    }

    /** @param steps further ones, as they stand in the file */
    static Path in(Path folder, String name, String steps) throws IOException {
        return Files.writeString(folder.resolve("policy.camel.yaml"), """
                # Whose ticket is it?
                - route:
                    id: policy
                    description: All alerts are of one incident, where there are enough
                    group: edit
                    note: contract 1
                    from:
                      uri: direct:policy
                      steps:
                        - setVariable: {name: ticket.incident, constant: %s}
                """.formatted(name) + steps);
    }
}
