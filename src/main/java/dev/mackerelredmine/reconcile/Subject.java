package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerelapi.ApiHost;
import dev.mackerelredmine.mackerelapi.ApiMonitor;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an alert is about.
 *
 * @param host null where it is about none
 */
record Subject(ApiMonitor monitor, ApiHost host) {

    /** All services that it has to do with. */
    Set<String> services() {
        if (host != null) {
            return host.services().collect(Collectors.toSet());
        }
        return monitor.service() == null ? Set.of() : Set.of(monitor.service());
    }

    Set<String> roles() {
        return host == null ? Set.of() : host.roleFullnames().collect(Collectors.toSet());
    }
}
