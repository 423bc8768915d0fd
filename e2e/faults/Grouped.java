package faults;

import java.io.IOException;
import java.util.Map;

/** By what alerts become incidents: those of hosts one, the others another. So few get tickets of their own that there are lines, too. */
final class Grouped {

    static final int CHILDREN = 3;

    /** Stands in the subject of each incident's ticket, and in no other. */
    static final String IN_SUBJECT = " alerts since ";

    static final Map<String, String> SETTINGS =
            Map.of("INCIDENT_CHILDREN", String.valueOf(CHILDREN), "INCIDENT_QUIET", "2s");

    private static final String ROUTE = """
            - route:
                id: policy
                description: Groups the alerts of hosts, and the others
                group: edit
                note: contract 1
                from:
                  uri: direct:policy
                  steps:
                    - setVariable: {name: ticket.incident, constant: others}
                    - filter:
                        simple: "${body.host} != null"
                        steps:
                          - setVariable: {name: ticket.incident, constant: hosts}
            """;

    private Grouped() {}

    static void put(Service service) throws IOException {
        service.put("routes/policy.camel.yaml", ROUTE);
    }
}
