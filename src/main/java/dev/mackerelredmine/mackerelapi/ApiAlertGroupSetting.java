package dev.mackerelredmine.mackerelapi;

import java.util.List;
import java.util.Set;

/** Which alerts are sent as a group. Lists are never null; an empty one is no condition. */
public record ApiAlertGroupSetting(
        String id, String name, List<String> serviceScopes, List<String> roleScopes, List<String> monitorScopes) {

    public ApiAlertGroupSetting {
        serviceScopes = serviceScopes == null ? List.of() : serviceScopes;
        roleScopes = roleScopes == null ? List.of() : roleScopes;
        monitorScopes = monitorScopes == null ? List.of() : monitorScopes;
    }

    /**
     * Whether an alert is one of the group: services and roles are alternatives, and monitors a condition beside them
     * (docs/howto/alert-groups, "Creating alert group settings").
     *
     * @param roles as in {@code Shop:web}
     */
    public boolean covers(String monitorId, Set<String> services, Set<String> roles) {
        boolean isOfPlace = serviceScopes.isEmpty() && roleScopes.isEmpty()
                || serviceScopes.stream().anyMatch(services::contains)
                || roleScopes.stream().anyMatch(roles::contains);
        boolean isOfMonitor = monitorScopes.isEmpty() || monitorScopes.contains(monitorId);
        boolean hasScope = !(serviceScopes.isEmpty() && roleScopes.isEmpty() && monitorScopes.isEmpty());
        return hasScope && isOfPlace && isOfMonitor;
    }
}
